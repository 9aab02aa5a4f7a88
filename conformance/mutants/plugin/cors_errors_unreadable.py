"""Errors have no headers of CORS, so that a page sees nothing of them."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.reply_to_error, "granted = plan.cors.granted(request)", "pass")
