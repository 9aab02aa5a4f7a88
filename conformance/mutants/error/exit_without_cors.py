"""The answer to what is no Exception has no headers of CORS."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.reply_to_error, "plan.cors is not None:", "plan.cors is not None and isinstance(raised, Exception):")
