"""Errors have no headers of CORS, so that a page sees nothing of them."""

from mutation import replace
from utilmeta.core.server.dispatch import Responder

replace(Responder.failure, "granted = plan.cors.granted(request)", "pass")
