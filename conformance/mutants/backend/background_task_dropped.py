"""The background task of a response does not run."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(Responder.respond, "request.background = response.background", "pass")
