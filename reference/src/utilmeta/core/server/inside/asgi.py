"""Requests to an ASGI application, and its lifespan, on the event loop that runs here."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import unquote

from utilmeta.core.cli.transport.message import Answer, Outgoing
from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server.inside.head import ADDRESS, body_of, content, fields, path
from utilmeta.utils.exceptions import HookFailed

log = logging.getLogger("utilmeta")

VERSION = {"version": "3.0", "spec_version": "2.3"}
FAILED = Answer(500, [("Content-Type", "text/plain; charset=utf-8")], b"Internal Server Error")

Message = dict[str, Any]


class ASGIExchange:
    """Answers requests by an ASGI application; ``patience`` is how many seconds those in flight have at the end."""

    def __init__(self, application: Any, lifecycle: Lifecycle, patience: float) -> None:
        self.application = application
        self.lifecycle = lifecycle
        self.patience = patience
        self.state: dict[str, Any] = {}
        self.flying: set[asyncio.Future[None]] = set()
        self.life: Life | None = None

    async def answer(self, outgoing: Outgoing) -> Answer:
        """Answer a request as soon as all of the body is there; the application may go on after that.

        Where this is cancelled the application sees that its client has left. An exception that it lets out is logged,
        and a 500, as a server does it.
        """
        client = InnerClient(outgoing)
        scope = scope_of(outgoing, self.state)
        running: asyncio.Future[None] = asyncio.ensure_future(self.application(scope, client.receive, client.send))
        self.flying.add(running)
        running.add_done_callback(self.landed)
        try:
            waited: list[asyncio.Future[Any]] = [running, client.answered]
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            client.left.set()
        return client.answered.result() if client.answered.done() else FAILED

    def landed(self, running: asyncio.Future[None]) -> None:
        """Log what an application raised."""
        self.flying.discard(running)
        error = None if running.cancelled() else running.exception()
        if error is not None:
            log_raised(log, "the application has raised an exception", error=error)

    async def begin(self) -> None:
        """Begin a lifespan, in which the startup hooks run. Raises HookFailed, and what else the application raises."""
        self.state.clear()
        self.life = Life(self.application, self.state)
        try:
            await self.life.begin()
        except Exception:
            failed = self.lifecycle.failed
            if failed is None:
                raise
            raise failed from failed.__cause__

    async def end(self) -> None:
        """Wait for the requests in flight, and end the lifespan, in which the shutdown hooks run."""
        if self.flying:
            _, late = await asyncio.wait(self.flying, timeout=self.patience)
            for running in late:
                running.cancel()
        if self.life is not None:
            await self.life.end()


class InnerClient:
    """The client of one request, as an application sees it: ``receive`` and ``send``."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.outgoing = outgoing
        self.answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.left = asyncio.Event()
        self.given = False
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []

    async def receive(self) -> Message:
        """Give the body, and then, when there is an answer, that the client has left."""
        if self.given:
            await self.left.wait()
            return {"type": "http.disconnect"}
        self.given = True
        return {"type": "http.request", "body": body_of(self.outgoing), "more_body": False}

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            lines = message.get("headers", ())
            self.headers = [(bytes(name).decode("latin-1"), bytes(value).decode("latin-1")) for name, value in lines]
        elif message["type"] == "http.response.body":
            self.parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False) and not self.answered.done():
                body = content(self.outgoing, self.status, b"".join(self.parts))
                self.answered.set_result(Answer(self.status, self.headers, body))


class Life:
    """One lifespan of an application."""

    def __init__(self, application: Any, state: dict[str, Any]) -> None:
        scope = {"type": "lifespan", "asgi": VERSION, "state": state}
        loop = asyncio.get_running_loop()
        self.startup: asyncio.Future[str | None] = loop.create_future()
        self.shutdown: asyncio.Future[str | None] = loop.create_future()
        self.stopping = asyncio.Event()
        self.begun = False
        self.running = asyncio.ensure_future(application(scope, self.receive, self.send))

    async def receive(self) -> Message:
        """Say that the application starts, and later that it stops."""
        if not self.begun:
            self.begun = True
            return {"type": "lifespan.startup"}
        await self.stopping.wait()
        return {"type": "lifespan.shutdown"}

    async def send(self, message: Message) -> None:
        """Take what the application says of its start and its stop."""
        which = self.startup if message["type"].startswith("lifespan.startup") else self.shutdown
        if not which.done():
            which.set_result(message.get("message", "") if message["type"].endswith(".failed") else None)

    async def begin(self) -> None:
        """Wait until the application has started. Raises HookFailed, and what the application raises."""
        await asyncio.wait({self.running, self.startup}, return_when=asyncio.FIRST_COMPLETED)
        if self.startup.done() and self.startup.result() is None:
            return
        await self.running  # which may raise
        raise HookFailed(f"the application did not start: {self.startup.result() if self.startup.done() else ''}")

    async def end(self) -> None:
        """Wait until the application has stopped; what it raises then is logged."""
        self.stopping.set()
        try:
            await self.running
        except Exception as error:  # noqa: BLE001 - any of the user's lifespan
            log_raised(log, "the application has raised an exception while it stopped", error=error)


def scope_of(outgoing: Outgoing, state: dict[str, Any]) -> dict[str, Any]:
    """Return a request as an ASGI scope."""
    origin = outgoing.place.origin
    return {
        "type": "http",
        "asgi": VERSION,
        "http_version": "1.1",
        "method": outgoing.method,
        "scheme": origin.scheme,
        "path": unquote(path(outgoing)),
        "raw_path": path(outgoing).encode("ascii"),
        "query_string": outgoing.place.query.encode("ascii"),
        "root_path": "",
        "headers": [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in fields(outgoing)],
        "client": ADDRESS,
        "server": (origin.host, origin.port),
        "state": dict(state),
    }
