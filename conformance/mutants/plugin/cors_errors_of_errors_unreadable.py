"""The error that an HTTP error cannot be sent has no headers of CORS."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.reply_to_error,
    "self.respond_to_error(broken, request, plan, granted)",
    "self.respond_to_error(broken, request, plan)",
)
