"""A body of which middleware has read a part is its rest."""

from mutation import replace
from utilmeta.core.request.servers.recorded_body import RecordedInput, RecordedReceive

VARIANTS = (
    "django-sync",
    "flask-sync",
    "flask-async",
    "starlette-sync",
    "starlette-async",
    "fastapi-sync",
    "fastapi-async",
)

replace(RecordedReceive.whole, "if len(received) >= self.size", "if received")
replace(RecordedInput.read, "self.attempt(self.stream.read, *size)", "self.stream.read(*size)")
