"""Errors have no headers of CORS, so that a page sees nothing of them."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.failure, "granted = plan.cors.granted(request)", "pass")
