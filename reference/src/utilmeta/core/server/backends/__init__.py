"""Backends: a main module for each web framework, and the table of the six.

A backend of another package is found by its entry point in the group ``utilmeta.backends`` (name: what ``backend=``
takes; value: its Adapter class), or is given as the Adapter class itself (BACKEND-8).
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from types import ModuleType
from typing import TYPE_CHECKING, Any

from utilmeta.utils.exceptions import BackendNotInstalled, UnknownBackend

if TYPE_CHECKING:
    from utilmeta.core.server.backends.base import Adapter

ENTRY_POINTS = "utilmeta.backends"

MODULES = {
    "django": "utilmeta.core.server.backends.django",
    "fastapi": "utilmeta.core.server.backends.fastapi",
    "flask": "utilmeta.core.server.backends.flask",
    "sanic": "utilmeta.core.server.backends.sanic",
    "starlette": "utilmeta.core.server.backends.starlette",
    "tornado": "utilmeta.core.server.backends.tornado",
}


def resolve(backend: Any, said: str = "backend=") -> tuple[type[Adapter], Any]:
    """Return the adapter for what was given as ``backend=``, and the injected application or None.

    Takes a module, a name, an application instance or an Adapter class. Raises UnknownBackend, BackendNotInstalled, and
    TypeError for a framework's application class in place of an instance (BACKEND-6).
    """
    from utilmeta.core.server.backends.base import Adapter

    if isinstance(backend, type) and issubclass(backend, Adapter):
        return backend, None
    if isinstance(backend, ModuleType):
        backend = backend.__name__.partition(".")[0]
    if isinstance(backend, str):
        return find(backend), None
    kind = backend if isinstance(backend, type) else type(backend)
    for base in kind.__mro__:
        name = base.__module__.partition(".")[0]
        if name in MODULES:
            adapter = find(name)
            if isinstance(backend, type):
                raise TypeError(f"{said}{backend.__name__} is a class; give an instance of it, or {name!r}")
            if adapter.accepts(backend):
                return adapter, backend
    for name, point in plugins().items():
        adapter = load(name, point)
        if adapter.accepts(backend):
            return adapter, backend
    raise UnknownBackend(f"{said}{backend!r} is no framework, name or application; supported: {', '.join(names())}")


def find(name: str) -> type[Adapter]:
    """Return the adapter of this name. Raises UnknownBackend and BackendNotInstalled."""
    if name in MODULES:
        try:
            module = importlib.import_module(MODULES[name])
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != name:
                raise
            raise BackendNotInstalled(
                f"backend {name!r} is not installed; install it with: pip install {name}"
            ) from error
        adapter: type[Adapter] = module.ADAPTER
        return adapter
    points = plugins()
    if name in points:
        return load(name, points[name])
    raise UnknownBackend(f"unknown backend {name!r}; supported: {', '.join(names())}")


def names() -> list[str]:
    """Return the names of all backends, those of other packages included."""
    return sorted({*MODULES, *plugins()})


def installed() -> list[str]:
    """Return the names of the backends whose framework can be imported, those of other packages left out."""
    return [name for name in MODULES if importlib.util.find_spec(name) is not None]


def plugins() -> dict[str, importlib.metadata.EntryPoint]:
    """Return the entry points of backends in other packages, by name."""
    return {point.name: point for point in importlib.metadata.entry_points(group=ENTRY_POINTS)}


def load(name: str, point: importlib.metadata.EntryPoint) -> type[Adapter]:
    """Return the adapter of an entry point. Raises TypeError for what is no Adapter class."""
    from utilmeta.core.server.backends.base import Adapter

    adapter = point.load()
    if not (isinstance(adapter, type) and issubclass(adapter, Adapter)):
        raise TypeError(f"backend {name!r}: its entry point {point.value} is no subclass of Adapter")
    return adapter
