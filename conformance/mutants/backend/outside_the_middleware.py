"""The API answers outside the middleware of the injected application."""

from mutation import replace
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-async",)

OUTSIDE = """stack = application.build_middleware_stack

    def build() -> Any:
        inner = stack()

        async def outer(scope: Any, receive: Any, send: Any) -> None:
            api = scope["type"] == "http" and takes(ASGIRequest(scope, receive).path_bytes())
            await (serve if api else inner)(scope, receive, send)

        return outer

    application.build_middleware_stack = build
    router.default ="""

replace(StarletteAdapter.install, "router.default =", OUTSIDE)
