"""Beside an error without a template, a message that is empty is taken for none given."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.content_of_error, "message=response.message", "message=response.message or None")
