"""Events that are asked for again when their connection has ended, from the last one on (WHATWG HTML, 9.2.3)."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Protocol

from utilmeta.core.cli.error import UnexpectedResponse
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.streams.body import Body, Pace
from utilmeta.core.response.response import Response
from utilmeta.core.response.stream import StreamResponse

WAIT = 3.0  # seconds before a new connection, where the stream says nothing
MOST_WAIT = 60.0  # and at most, whatever it says
ENOUGH = 204  # the status by which a server ends it


class Asking(Protocol):
    """The call that a stream is the answer of."""

    request: ClientRequest
    asynchronous: bool
    begun: float

    async def exchanged(self) -> Response[Any]:
        """Send the request and return its answer. Raises Aborted and TimedOut."""


async def asked_again(
    call: Asking, kind: type[StreamResponse[Any]], last_id: str, retry: int | None, pace: Pace
) -> Body | None:
    """Wait, send the request of a stream again, without its hooks, and return the body of its answer.

    ``retry`` is in milliseconds. Returns None where the server ends the stream. Raises Aborted and TimedOut, and
    UnexpectedResponse for an answer that is no such stream.
    """
    seconds = WAIT if retry is None else min(retry / 1000, MOST_WAIT)
    left = pace.whole.ends - time.monotonic()
    await pause(max(0.0, min(seconds, left)), asynchronous=call.asynchronous)
    if last_id:
        call.request.headers["Last-Event-ID"] = last_id
    if pace.whole.seconds is None:
        call.begun = time.monotonic()
    found = await call.exchanged()
    if type(found) is kind:
        body: Body = found._source.body  # type: ignore[attr-defined]
        return body
    if found.status == ENOUGH:
        return None
    if isinstance(found, StreamResponse):
        await found.aclose() if call.asynchronous else found.close()
    raise UnexpectedResponse(
        f"{call.request.place}: the stream was asked for again, and the answer {found.status} is none",
        call.request,
        found,
    )


async def pause(seconds: float, *, asynchronous: bool) -> None:
    """Wait, without suspending where the call is a plain one."""
    if asynchronous:
        await asyncio.sleep(seconds)
    else:
        time.sleep(seconds)
