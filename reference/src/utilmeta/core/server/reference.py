"""From a reference string to the API class (SERVICE-17) or the service that it names."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from utilmeta.core.api.declaration import API
from utilmeta.core.server.service import UtilMeta
from utilmeta.utils.exceptions import DeclarationError


def resolve(reference: str | type[API], module_name: str) -> type[API]:
    """The class of ``package.module.RootAPI``, or of a bare name in the service's own module.

    Raises DeclarationError naming the reference.
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


def find_service(reference: str) -> UtilMeta:
    """The service that ``module:name`` refers to; the module is imported. Raises LookupError saying what is wrong."""
    path, _, name = reference.partition(":")
    if not (name.isidentifier() and all(part.isidentifier() for part in path.split("."))):
        raise LookupError(f"{reference!r} is no reference to a service; give module:name, such as server:service")
    try:
        module = importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{path}.".startswith(f"{error.name}."):
            raise  # the module is there; what it imports is not
        raise LookupError(
            f"{reference!r}: there is no module {error.name!r} in {os.getcwd()} or where Python looks; call this from "
            "the directory that the service is run from"
        ) from None
    found: Any = getattr(module, name, None)
    if isinstance(found, UtilMeta):
        return found
    services = [each for each, value in vars(module).items() if isinstance(value, UtilMeta)]
    wrong = f"{name!r} of it is no service" if hasattr(module, name) else f"it has no {name!r}"
    cure = f"give {path}:{services[0]}" if services else "name a module that calls UtilMeta(...)"
    raise LookupError(f"{reference!r}: the module is there, but {wrong}; {cure}")
