"""The libraries that clients send requests by; a module each, imported when a client uses it."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from utilmeta.conf.preference import client as checked_name
from utilmeta.core.cli.transport.message import Library


def find(backend: Any) -> Library:
    """Return the library that is given by name or as its module, httpx2 as httpx.

    Raises TypeError and ValueError for what is none, ImportError for one that is not installed.
    """
    given = backend.__name__ if isinstance(backend, ModuleType) else backend
    if given == "httpx2":
        name = "httpx"
    else:
        name = checked_name(backend)
        if not isinstance(name, str):
            raise TypeError(f"backend is a library, as its module or by name, not {backend!r}")
    try:
        module = importlib.import_module(f"utilmeta.core.cli.libraries.{name}_library")
        library: Library = module.library(backend if isinstance(backend, ModuleType) else None)
    except ModuleNotFoundError as error:
        raise ImportError(
            f"the client's backend {name!r} is not installed ({error.name} is missing): pip install {name}"
        ) from error
    return library
