"""The items of a stream, in the order in which they come; what a StreamResponse iterates over."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any

from utilmeta.core.cli.error import Aborted, ClientError, StreamError, TimedOut
from utilmeta.core.cli.streams.body import Body
from utilmeta.core.cli.streams.events import EventParser
from utilmeta.core.cli.streams.lines import TooLarge
from utilmeta.core.cli.streams.reconnection import Asking, asked_again
from utilmeta.core.cli.streams.template import Misfit, StreamTemplate, whole
from utilmeta.core.cli.transport.connections import driven


class Items:
    """The items of the answer ``body`` to a call.

    ``limit`` is how many bytes an item has at most, ``reconnects`` how often in a row events are asked for again.
    """

    def __init__(self, template: StreamTemplate, body: Body, call: Asking, limit: int, reconnects: int) -> None:
        self.template = template
        self.body = body
        self.call = call
        self.limit = limit
        self.reconnects = reconnects if template.are_events else 0
        self.iterated = False
        self.closed = False

    def called(self) -> Iterator[Any]:
        """Yield the items of a plain call. Raises StreamError, Aborted and TimedOut; TypeError for an awaited call."""
        if self.call.asynchronous:
            raise TypeError("the stream of an awaited request is iterated by `async for`")
        return self.driven(self.begin())

    def awaited(self) -> AsyncIterator[Any]:
        """Yield the items of an awaited call, likewise."""
        if not self.call.asynchronous:
            raise TypeError("the stream of a plain call is iterated by `for`")
        return self.begin()

    def begin(self) -> AsyncGenerator[Any, None]:
        """Return the items. Raises StreamError where they have been iterated already."""
        if self.iterated:
            raise StreamError(f"{self.call.request.place}: a stream is iterated once", self.call.request)
        self.iterated = True
        return self.items()

    def driven(self, items: AsyncGenerator[Any, None]) -> Iterator[Any]:
        """Yield items that are there without suspending."""
        try:
            while True:
                try:
                    item = driven(items.__anext__())
                except StopAsyncIteration:
                    return
                yield item
        finally:
            driven(items.aclose())
            self.close()

    def close(self) -> None:
        """End the stream. Raises TypeError for one that is awaited."""
        if self.call.asynchronous:
            raise TypeError("the stream of an awaited request is closed by `await stream.aclose()`")
        driven(self.aclose())

    async def aclose(self) -> None:
        """End the stream."""
        self.closed = True
        await self.body.close()

    async def items(self) -> AsyncGenerator[Any, None]:
        """Yield the items, of all connections."""
        last_id, retry, left = "", None, self.reconnects
        try:
            while True:
                parser = self.template.parser(self.limit, last_id)
                ended: ClientError | None = None
                try:
                    while piece := await self.body.read():
                        for each in parser.feed(piece):
                            left = self.reconnects
                            yield self.template.convert(each)
                    for each in whole(parser):
                        yield self.template.convert(each)
                except (Aborted, TimedOut) as error:
                    ended = error
                if isinstance(parser, EventParser):
                    last_id, retry = parser.last_id, retry if parser.retry is None else parser.retry
                left = await self.reopened(last_id, retry, left, ended)
                if self.closed:
                    return
        except (TooLarge, Misfit) as error:
            raise StreamError(f"{self.call.request.place}: {error}", self.call.request) from None
        finally:
            await self.aclose()

    async def reopened(self, last_id: str, retry: int | None, left: int, ended: ClientError | None) -> int:
        """Have the next connection's body, and return how many tries are left; or end the stream.

        Raises what the last connection ended by, where no try is left.
        """
        while not self.closed:
            if left == 0 or self.body.pace.whole.is_over:
                if ended is not None:
                    raise ended
                self.closed = True
                return 0
            left -= 1
            try:
                body = await asked_again(self.call, self.template.made, last_id, retry, self.body.pace)
            except (Aborted, TimedOut) as error:
                ended = error
                continue
            if body is None:
                self.closed = True
            else:
                self.body = body
                break
        return left
