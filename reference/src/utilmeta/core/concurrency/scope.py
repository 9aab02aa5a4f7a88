"""Wrappers that a configuration puts around endpoints and hooks, such as database connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar


class Scope:
    """Base of a configuration's wrappers; each method takes a function and returns it unchanged.

    The methods are called once for each function, when the application is built. An endpoint takes the request and its
    path values, a hook takes nothing. The ``async`` ones return a coroutine function.
    """

    databases: ClassVar[bool] = False
    """Whether the wrappers manage the connections of Django's databases."""

    def endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a plain endpoint, which runs in a thread or greenlet that other requests use before and after it."""
        return call

    def async_endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap an ``async def`` endpoint, which runs on an event loop's thread beside other requests."""
        return call

    def hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        """Wrap a plain hook."""
        return call

    def async_hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        """Wrap an ``async def`` hook."""
        return call
