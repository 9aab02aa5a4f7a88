"""Scopes that close database connections around requests and hooks, as Django's request signals do on its backend.

A plain endpoint uses the connections of its thread; old ones are closed before and after it. For ``async def`` code
Django runs the ORM in a thread; here each request has its own thread, made when it is first needed, so that requests
neither wait for each other nor share transactions.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from typing import Any

from asgiref.sync import SyncToAsync, ThreadSensitiveContext
from django.db import Error, connections, reset_queries

from utilmeta.core.concurrency.portal import patched
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.concurrency.threads import Threads

log = logging.getLogger("utilmeta")


class SystemThread(Threads):
    """The thread of one request under gevent, as asgiref's executor: a greenlet would run in the event loop's thread,
    which Django refuses."""

    def __init__(self) -> None:
        super().__init__(capacity=1)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        """Run a function in the thread."""
        return self.run(function, *arguments)

    def shutdown(self, wait: bool) -> None:
        """End the thread; it is not waited for."""
        self.end()


class OwnThread(ThreadSensitiveContext):  # type: ignore[misc]
    """Gives ``async def`` code a thread of its own for the ORM, and closes its connections before the thread ends."""

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
        closed = executor.submit(close_opened)
        executor.shutdown(wait=False)
        if kind is None or not issubclass(kind, (asyncio.CancelledError, GeneratorExit)):
            await asyncio.wrap_future(closed)


def in_own_thread(call: Callable[..., Any]) -> Callable[..., Any]:
    """``call``, a coroutine function, with a thread of its own for the ORM at each call."""

    @functools.wraps(call)
    async def scoped(*arguments: Any) -> Any:
        async with OwnThread():
            return await call(*arguments)

    return scoped


def close_opened() -> None:
    """Close the connections of this thread that were opened.

    Models make one for their table names when they are imported, and never open it. Where gunicorn's gevent workers are
    forked after that it is another thread's, which Django refuses to close.
    """
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None:
            quietly(connection.close, connection.alias)


def close_old() -> None:
    """Close the connections of this thread that are too old or lost, as Django's ``close_old_connections`` does."""
    for connection in connections.all(initialized_only=True):
        quietly(connection.close_if_unusable_or_obsolete, connection.alias)


def quietly(close: Callable[[], None], alias: str) -> None:
    """Close a connection of the database ``alias``; one that is lost may fail to, which hides no other error."""
    try:
        close()
    except Error:
        log.debug("a connection of the database %r was not closed", alias, exc_info=True)


class HookScope(Scope):
    """For hooks: each closes its connections. Endpoints are left to Django's handlers."""

    databases = True

    def hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        @functools.wraps(call)
        def scoped() -> Any:
            try:
                return call()
            finally:
                close_opened()

        return scoped

    def async_hook(self, call: Callable[[], Any]) -> Callable[[], Any]:
        return in_own_thread(call)


class ThreadScope(HookScope):
    """For plain endpoints too, where they run in threads other than Django's: in an asynchronous service."""

    def endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def scoped(*arguments: Any) -> Any:
            reset_queries()
            close_old()
            try:
                return call(*arguments)
            finally:
                close_old()

        return scoped


class RequestScope(ThreadScope):
    """For ``async def`` endpoints too: on every backend but Django."""

    def async_endpoint(self, call: Callable[..., Any]) -> Callable[..., Any]:
        return in_own_thread(call)


def scope_on(backend: str, *, asynchronous: bool) -> Scope:
    """The scope of a service on the backend of this name; on Django its handlers close connections of their threads."""
    if backend != "django":
        return RequestScope()
    return ThreadScope() if asynchronous else HookScope()
