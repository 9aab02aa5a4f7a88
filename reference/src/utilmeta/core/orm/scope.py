"""What Django's request signals do on its own backend, for the others: each request leaves its connections in order.

A plain endpoint uses the connections of its thread, which are looked after before and after it. ``async def`` code has
Django run the ORM in a thread; here each request has one of its own, made when it is first needed, so that requests
neither wait for each other nor find each other's transactions.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from typing import Any

from asgiref.sync import SyncToAsync, ThreadSensitiveContext
from django.db import close_old_connections, connections, reset_queries

from utilmeta.core.concurrency.portal import patched
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.concurrency.threads import Threads


class SystemThread(Threads):
    """The thread of a request as asgiref's executor, where gevent has put greenlets in place of threads: one of those
    would run on the loop's own, which Django refuses."""

    def __init__(self) -> None:
        super().__init__(capacity=1)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        return self.run(function, *arguments)

    def shutdown(self, wait: bool) -> None:
        self.end()


class OwnThread(ThreadSensitiveContext):  # type: ignore[misc]
    """Closes the connections of the thread, in that thread, before it ends."""

    async def __aenter__(self) -> OwnThread:
        await super().__aenter__()
        if patched():
            SyncToAsync.context_to_thread_executor[self] = SystemThread()
        return self

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> None:
        executor = SyncToAsync.context_to_thread_executor.pop(self, None)
        await super().__aexit__(kind, error, traceback)
        if executor is None or (isinstance(executor, SystemThread) and not executor.count):
            return
        closed = executor.submit(connections.close_all)
        executor.shutdown(wait=False)
        if kind is None or not issubclass(kind, (asyncio.CancelledError, GeneratorExit)):
            await asyncio.wrap_future(closed)


def in_own_thread(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same coroutine function, whose ORM has a thread for each call."""

    @functools.wraps(call)
    async def scoped(*arguments: Any) -> Any:
        async with OwnThread():
            return await call(*arguments)

    return scoped


class HookScope(Scope):
    """For hooks alone: each leaves no connection open."""

    databases = True

    def hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        @functools.wraps(call)
        def scoped() -> Any:
            try:
                return call()
            finally:
                connections.close_all()

        return scoped

    def async_hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        return in_own_thread(call)


class ThreadScope(HookScope):
    """For plain endpoints too, where their threads are not Django's: in an asynchronous service."""

    def endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def scoped(*arguments: Any) -> Any:
            reset_queries()
            close_old_connections()
            try:
                return call(*arguments)
            finally:
                close_old_connections()

        return scoped


class RequestScope(ThreadScope):
    """For every endpoint, where there is no handler of Django's."""

    def async_endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        return in_own_thread(call)


def scope_on(backend: str, *, asynchronous: bool) -> Scope:
    """The scope for a service on this backend. Django's handlers see to the thread that is theirs for a request."""
    if backend != "django":
        return RequestScope()
    return ThreadScope() if asynchronous else HookScope()
