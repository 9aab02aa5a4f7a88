"""From a request to a stream: an answer that is one stays open, and any other is read as ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.settings import Settings
from utilmeta.core.cli.streams.body import Body, Pace
from utilmeta.core.cli.streams.items import Items
from utilmeta.core.cli.streams.reconnection import Asking
from utilmeta.core.cli.streams.template import StreamTemplate
from utilmeta.core.cli.template import Returns, blank
from utilmeta.core.cli.transport.connections import Connections
from utilmeta.core.cli.transport.deadline import Deadline
from utilmeta.core.cli.transport.message import UNLESS_SAID, Answer, Opened, Outgoing
from utilmeta.core.response.response import Response

Send = Callable[[Outgoing, Deadline], Awaitable[Answer | Opened]]


def opening(connections: Connections, streams: Sequence[StreamTemplate], *, asynchronous: bool) -> Send:
    """Return a function that sends a request, and returns an answer that is one of these streams with an open body."""
    send = connections.aopen if asynchronous else connections.open

    async def opened(outgoing: Outgoing, deadline: Deadline) -> Answer | Opened:
        answer = await send(accepting(outgoing, streams), deadline)
        if any(stream.fits(answer.status, answer.headers) for stream in streams):
            return answer
        try:
            content = Content(outgoing.method, answer.status, answer.headers, deadline.limits.size)
            while piece := await answer.read(deadline):
                content.take(piece)
            return content.answer()
        finally:
            await answer.close()

    return opened


def accepting(outgoing: Outgoing, streams: Sequence[StreamTemplate]) -> Outgoing:
    """Return a request that asks for these streams, not coded, unless it says itself what it accepts."""
    kinds = sorted(kind for stream in streams for kind in stream.made.media_types)
    asked = {"Accept": ", ".join([*kinds, "*/*;q=0.1"]) if kinds else "*/*", "Accept-Encoding": "identity"}
    headers = [(field[0], asked[field[0]]) if field in UNLESS_SAID[:2] else field for field in outgoing.headers]
    return outgoing._replace(headers=headers)


def begun(opened: Opened, call: Asking, returns: Returns, settings: Settings) -> Response[Any]:
    """Return the StreamResponse of an answer with an open body.

    What the call was given as its timeout bounds all of the stream; the client's ``default_timeout`` is for its head.
    """
    request = call.request
    bounded = returns.bounded or request.timeout != settings.default_timeout
    whole = Deadline(request.timeout if bounded else None, call.begun)
    body = Body(opened, request, Pace(whole, settings.limits.read), asynchronous=call.asynchronous)
    template = next(each for each in returns.streams if each.fits(opened.status, opened.headers))
    found: Any = blank(template.made, opened.status, opened.headers, request)
    found._source = Items(template, body, call, settings.max_event_size, settings.reconnects)
    made: Response[Any] = found
    return made
