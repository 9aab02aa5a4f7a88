"""Of a header that a mounted application sends twice the last is sent."""

from mutation import replace
from utilmeta.core.server.backends import starlette_mounts

VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync")

replace(
    starlette_mounts.asgi_of,
    "        await serve(scope, receive, send)",
    """        async def send_on(message):
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(dict(message.get("headers", ())).items())}
            await send(message)

        await serve(scope, receive, send_on)""",
)
