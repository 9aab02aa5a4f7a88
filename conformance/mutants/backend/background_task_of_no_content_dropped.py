"""The background task of a response without content does not run."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

VARIANTS = ("fastapi-async", "fastapi-sync", "starlette-async", "starlette-sync")

replace(
    Responder.respond,
    "if response.background is not None:",
    "if response.background is not None and response.has_content:",
)
