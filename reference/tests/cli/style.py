"""The five styles of clients, so that one test is for each: those of the libraries that call, and that await."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from utilmeta.core.cli import Client

STYLES = ("urllib", "requests", "httpx", "httpx-async", "aiohttp")


@dataclass
class Style:
    """A library, and whether its requests are awaited."""

    name: str
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def backend(self) -> str:
        return self.name.partition("-")[0]

    @property
    def awaits(self) -> bool:
        return self.name in ("httpx-async", "aiohttp")

    def declare(self, cls: type) -> type[Client]:
        """Return a class with plain functions as a client of this style, whose request functions are async or not."""
        namespace = {name: self.function(value) for name, value in vars(cls).items() if name not in UNCOPIED}
        bases = tuple(base for base in cls.__bases__ if base is not object) or (Client,)
        return type(cls.__name__, bases, namespace)

    def function(self, value: Any) -> Any:
        """Return a request function as an ``async def`` where requests are awaited, and hooks that name theirs."""
        if hasattr(value, "__hooks__"):
            value.__hooks__ = tuple(replace(hook, targets=tuple(map(named, hook.targets))) for hook in value.__hooks__)
        if not (self.awaits and hasattr(value, "__operation__")):
            return value

        @functools.wraps(value)
        async def awaited(*arguments: Any, **options: Any) -> Any:
            result = value(*arguments, **options)
            return await result if inspect.isawaitable(result) else result

        return awaited

    def client(self, cls: type = Client, base_url: str | None = None, **options: Any) -> Any:
        """Return a client, whose class is declared here unless it is one already."""
        made = cls if issubclass(cls, Client) else self.declare(cls)
        return made(base_url, backend=self.backend, **options)

    def call(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Call a request function, and await its result where it is to be awaited."""
        return self.wait(function(*arguments, **options))

    def request(self, client: Client, method: str, path: str = "", **options: Any) -> Any:
        """Send any request by a built-in function."""
        return self.wait(self.sender(client)(method, path, **options))

    def sender(self, client: Client) -> Callable[..., Any]:
        """Return the built-in function that sends any request in this style."""
        return client.async_request if self.awaits else client.request

    def wait(self, result: Any) -> Any:
        return self.loop.run_until_complete(result) if inspect.isawaitable(result) else result

    @contextmanager
    def within(self, client: Any) -> Iterator[Any]:
        """Enter a client's ``with``, or its ``async with``."""
        if not self.awaits:
            with client:
                yield client
            return
        self.wait(client.__aenter__())
        try:
            yield client
        finally:
            self.wait(client.__aexit__(None, None, None))


def named(target: Any) -> Any:
    """Return a request function's name, as it is another function where requests are awaited."""
    return target.__name__ if hasattr(target, "__operation__") else target


UNCOPIED = ("__dict__", "__weakref__")
