"""Of a body that comes in pieces a mounted WSGI or ASGI application gets the first."""

from mutation import replace
from utilmeta.core.server.backends import starlette_mounts

VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync")

replace(
    starlette_mounts.asgi_of,
    "        await serve(scope, receive, send)",
    """        body = []

        async def receive_body():
            if not body:
                body.append({**await receive(), "more_body": False})
            return body[0]

        await serve(scope, receive_body if scope["type"] == "http" else receive, send)""",
)
