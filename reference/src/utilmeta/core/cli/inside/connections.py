"""The connections of a client whose requests stay in the process: there are none."""

from __future__ import annotations

from typing import Any, Protocol

from utilmeta.conf import current
from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.transport.connections import Connections
from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.deadline import current as reading
from utilmeta.core.cli.transport.message import Answer, Library, Opened, Outgoing
from utilmeta.core.cli.transport.url import place_of
from utilmeta.core.request.origin import local_url
from utilmeta.utils.exceptions import ServiceError


class Entrance(Protocol):
    """The way into a service past its server; ``service.entrance()`` returns one."""

    def check(self, *, asynchronous: bool) -> None:
        """Raise ServiceError where a plain call would wait for the event loop that it blocks."""

    def call(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Answer a request. Raises TimeoutError when the time is over."""

    async def acall(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Do what ``call`` does, without blocking the event loop that awaits it."""


class AnotherOrigin(ServiceError):
    """Raised for a URL that is not the service's: a client that calls inside sends nothing over a network."""


class Inside(Connections):
    """Requests to a service of this process; to its one service, where none is given, as it is found at each call."""

    def __init__(self, service: Any, base_url: str | None, library: Library) -> None:
        super().__init__(library, {}, None)
        self.service = service
        self.given_url = base_url

    def found(self) -> Any:
        """Return the service. Raises ServiceError where the process has none."""
        service = current.found() if self.service is None else self.service
        if service is None:
            raise ServiceError(
                "internal=True calls the service of this process, and there is none: call UtilMeta(...) before, or "
                "give the client service="
            )
        return service

    def base_url(self) -> str:
        """Return the URL of the service. Raises ServiceError where the process has none."""
        return url_of(self.found())

    def check(self, *, asynchronous: bool) -> None:
        """Raise ServiceError where there is no service, and where a plain call would wait for itself."""
        self.found().entrance().check(asynchronous=asynchronous)

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Answer a plain call's request, without suspending."""
        body = outgoing.body
        if isinstance(body, Stream):
            token = reading.set(deadline)
            try:
                outgoing = outgoing._replace(body=b"".join(body.pieces()))
            finally:
                reading.reset(token)
        return decoded(outgoing, self.entrance(outgoing).call(outgoing, deadline), deadline)

    async def asend(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Answer an awaited request."""
        body = outgoing.body
        if isinstance(body, Stream):
            outgoing = outgoing._replace(body=await within(deadline, gathered, body))
        return decoded(outgoing, await self.entrance(outgoing).acall(outgoing, deadline), deadline)

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Answer a plain call's request; the body is there as soon as the head is."""
        return opened(await self.send(outgoing, deadline))

    async def aopen(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Do the same for an awaited request."""
        return opened(await self.asend(outgoing, deadline))

    def entrance(self, outgoing: Outgoing) -> Entrance:
        """Return the way into the service. Raises AnotherOrigin for a request that is for another server."""
        service = self.found()
        base_url = self.given_url or url_of(service)
        if outgoing.place.origin != place_of(base_url).origin:
            raise AnotherOrigin("it is another server's, and the client calls inside the process alone")
        entrance: Entrance = service.entrance()
        return entrance


async def gathered(body: Stream) -> bytes:
    """Return a body of files as bytes."""
    return b"".join([piece async for piece in body.awaited_pieces()])


def decoded(outgoing: Outgoing, answer: Answer, deadline: Deadline) -> Answer:
    """Return an answer as one that came over the network: decoded, within the limits of the call. Raises BadContent."""
    content = Content(outgoing.method, answer.status, answer.headers, deadline.limits.size)
    content.take(answer.body)
    return content.answer()


def opened(answer: Answer) -> Opened:
    """Return an answer as one whose body is still to come."""
    left = [answer.body]

    async def read(deadline: Deadline) -> bytes:
        return left.pop() if left else b""

    async def close() -> None:
        left.clear()

    return Opened(answer.status, answer.headers, read, close)


def url_of(service: Any) -> str:
    """Return the base URL of a service. Raises TypeError for what is none."""
    try:
        origin, host, port, route = service.origin, service.host, service.port, service.route
    except AttributeError:
        raise TypeError(f"service is a UtilMeta service, not {service!r}") from None
    return f"{origin}{route}" if origin else local_url(host or "127.0.0.1", port, route)
