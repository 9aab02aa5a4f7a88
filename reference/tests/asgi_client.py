"""Sends requests to ASGI applications, without a server; and a WSGI application that tells what it got."""

from __future__ import annotations

import asyncio
from typing import Any


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    told = {name: environ.get(name) for name in ("SCRIPT_NAME", "PATH_INFO", "HTTP_X_USER")}
    start_response("200 OK", [("X-Told", repr(told))])
    return [environ["wsgi.input"].read()]


def ask(
    application: Any, path: str, body: bytes = b"", *headers: tuple[bytes, bytes]
) -> tuple[int, dict[str, str], bytes]:
    """Send a request to an ASGI application."""
    sent: list[Any] = []

    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "root_path": "",
    }
    scope["headers"] = [(b"content-length", str(len(body)).encode()), *headers]
    asyncio.run(application(scope, receive, send))
    start, *parts = sent
    fields = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], fields, b"".join(part.get("body", b"") for part in parts)
