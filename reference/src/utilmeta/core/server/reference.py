"""References to what a module holds: ``module:name`` or ``module.name``, and ``name`` alone where a module is known."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from utilmeta.utils.exceptions import DeclarationError

if TYPE_CHECKING:
    from utilmeta.core.api.declaration import API


class ModuleMissing(Exception):
    """There is no module of this ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no module {name!r}")
        self.name = name


def split(reference: str) -> tuple[str, str] | None:
    """Return the module and the name of a reference; the module is empty for a name alone. None for no reference."""
    module, mark, name = reference.rpartition(":" if ":" in reference else ".")
    parts = [*module.split("."), name] if mark else [name]
    return (module, name) if all(part.isidentifier() for part in parts) else None


def import_module(name: str) -> ModuleType:
    """Import a module. Raises ModuleMissing where there is none, and what the module itself raises."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise_unless_missing(error, name)
        raise ModuleMissing(str(error.name)) from error


def raise_unless_missing(error: ModuleNotFoundError, name: str) -> None:
    """Return if the module ``name``, or a package around it, is what is not there; else raise ``error`` again, as the
    module is there and what it imports is not."""
    if error.name is None or not f"{name}.".startswith(f"{error.name}."):
        raise error


def resolve(reference: str | type[API], module_name: str) -> type[API]:
    """Return the API class that ``package.module.RootAPI``, or a bare name in the module ``module_name``, refers to.

    A class is returned unchanged. Raises DeclarationError naming the reference (SERVICE-17).
    """
    from utilmeta.core.api.declaration import API

    if isinstance(reference, type):
        return reference
    path, _, name = reference.rpartition(".")
    if path:
        try:
            module = import_module(path)
        except ModuleMissing as error:
            raise DeclarationError(f"api={reference!r}: {error}") from error
    else:
        module = sys.modules[module_name]
    found = getattr(module, name, None)
    if found is None:
        raise DeclarationError(f"api={reference!r}: module {module.__name__!r} has no {name!r}")
    if not (isinstance(found, type) and issubclass(found, API)):
        raise DeclarationError(f"api={reference!r} is {found!r}, not an API class")
    return found
