"""Finds the API class that a reference string names (SERVICE-17)."""

from __future__ import annotations

import importlib
import sys

from utilmeta.core.api.declaration import API
from utilmeta.utils.exceptions import DeclarationError


def resolve(reference: str | type[API], module_name: str) -> type[API]:
    """The API class that ``package.module.RootAPI``, or a bare name in the module ``module_name``, refers to.

    A class is returned unchanged. Raises DeclarationError naming the reference.
    """
    if isinstance(reference, type):
        return reference
    path, _, name = reference.rpartition(".")
    if path:
        try:
            module = importlib.import_module(path)
        except ModuleNotFoundError as error:
            if error.name is None or not (path + ".").startswith(error.name + "."):
                raise  # the module is there; what it imports is not
            raise DeclarationError(f"api={reference!r}: there is no module {error.name!r}") from error
    else:
        module = sys.modules[module_name]
    found = getattr(module, name, None)
    if found is None:
        raise DeclarationError(f"api={reference!r}: module {module.__name__!r} has no {name!r}")
    if not (isinstance(found, type) and issubclass(found, API)):
        raise DeclarationError(f"api={reference!r} is {found!r}, not an API class")
    return found
