"""On an ASGI server a chunked body of exactly max_body_size bytes is a 413."""

from mutation import replace
from utilmeta.core.request.servers.asgi import ASGIRequest

VARIANTS = ("starlette-async", "starlette-sync", "fastapi-async", "fastapi-sync", "django-async")

replace(
    ASGIRequest.receive_body,
    "received(self._receive, limit)",
    "received(self._receive, limit - (self.check_length(limit) == UNKNOWN))",
)
