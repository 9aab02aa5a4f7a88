"""What endpoints and hooks run in, where a configuration asks for more than a call: connections of their own, say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar


class Scope:
    """Wraps functions once, when the application is built; by itself it leaves each as it is.

    An endpoint takes the request and its path values, a hook nothing. The ``async`` ones give a coroutine.
    """

    databases: ClassVar[bool] = False
    """Whether it looks after the connections of Django's databases."""

    def endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A plain endpoint, called in a thread, or on a greenlet, that other requests use before and after."""
        return call

    def async_endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """An ``async def`` endpoint, awaited beside others on the thread of an event loop."""
        return call

    def hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        """A plain hook."""
        return call

    def async_hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        """An ``async def`` hook."""
        return call
