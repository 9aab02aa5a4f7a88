"""WSGI applications in an ASGI application, by the library a2wsgi; imported where one is mounted."""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware


def asgi_of(application: Any) -> Any:
    """Return an ASGI application that runs a WSGI one in threads.

    A header field whose name holds ``_`` does not reach it: in its environ it could not be told from one with ``-``,
    which a proxy may have set (MIGRATION-5).
    """
    serve = WSGIMiddleware(application)

    async def serve_unambiguous(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}
        await serve(scope, receive, send)

    return serve_unambiguous
