"""Errors have no X-Request-ID; only what an endpoint returned has one."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.fail, '    ("X-Request-ID", request.id),\n', "")
