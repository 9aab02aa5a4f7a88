"""What middleware has read of a body as a stream is not there any more."""

from mutation import replace
from utilmeta.core.request.servers.recorded_body import BodyRecord

VARIANTS = (
    "django-sync",
    "flask-sync",
    "flask-async",
    "starlette-sync",
    "starlette-async",
    "fastapi-sync",
    "fastapi-async",
)

replace(BodyRecord.keep, "self.chunks.append(chunk)", "pass")
