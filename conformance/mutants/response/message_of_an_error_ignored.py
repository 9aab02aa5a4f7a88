"""The message beside an error is left out of its problem body."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.content_of_error, "message=response.message", "message=None")
