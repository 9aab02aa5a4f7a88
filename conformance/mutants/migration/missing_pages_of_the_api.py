"""A 404 of a mounted application is answered by the API."""

from mutation import replace
from utilmeta.core.server.backends import starlette
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")


def or_else(application, native):
    async def serve(scope, receive, send):
        missing = []

        async def sending(message):
            missing.append(message.get("status") == 404)
            if not any(missing):
                await send(message)

        await application(scope, receive, sending)
        if any(missing):
            await native({**scope, "root_path": ""}, receive, send)

    return serve


starlette.or_else = or_else
replace(
    StarletteAdapter.mount,
    'rstrip("/"), mounted)',
    'rstrip("/"), or_else(mounted, application.router.default))',
)
