"""Errors have no X-Request-ID; only what an endpoint returned has one."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.respond_to_error, '    ("X-Request-ID", request.id),\n', "")
