"""Starlette's debug page, which shows sources, limited to errors of native routes.

For any other request (SECURITY-1a, SECURITY-1b) the application answers as it does without ``debug``.
"""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.responses import PlainTextResponse


class Withheld:
    """ASGI middleware that answers an error without a debug page, unless a native route has raised it."""

    def __init__(self, app: Any, handler: Any) -> None:
        self.app = app
        self.handler = handler

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        started = False

        async def sending(message: Any) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            if started or scope["type"] != "http" or "endpoint" in scope:  # set by the native route that matched
                raise
            raised = error

            async def again(*_: Any) -> None:
                raise raised

            try:
                await ServerErrorMiddleware(again, self.handler)(scope, receive, sending)
            except Exception:
                if not started:  # the handler has failed; in production the server answers
                    await PlainTextResponse("Internal Server Error", 500)(scope, receive, sending)
                raise


def withhold(application: Starlette) -> None:
    """Make Starlette show its debug page for native routes alone."""
    native = application.build_middleware_stack

    def build_middleware_stack() -> Any:
        stack = native()
        if isinstance(stack, ServerErrorMiddleware) and stack.debug:
            stack.app = Withheld(stack.app, stack.handler)
        return stack

    application.build_middleware_stack = build_middleware_stack
