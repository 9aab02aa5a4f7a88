"""A small implementation of UtilMeta on Flask, written from the page."""

from .core.server.service import UtilMeta

__all__ = ["UtilMeta", "service"]


def __getattr__(name: str) -> object:
    if name == "service" and UtilMeta.current is not None:
        return UtilMeta.current
    raise AttributeError(f"utilmeta has no {name!r}; a service is there once UtilMeta(...) was called")
