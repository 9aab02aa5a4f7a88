"""The instances of API classes: one serves one request."""

from __future__ import annotations

from collections.abc import Callable

from utilmeta.core.api.declaration import API
from utilmeta.core.request.request import Request

Instance = Callable[[Request], API]


def compile_instance(cls: type[API]) -> Instance:
    """What makes an instance of ``cls`` for a request."""
    return cls
