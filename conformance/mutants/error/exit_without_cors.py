"""The answer to what is no Exception has no headers of CORS."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.failure, "plan.cors is not None:", "plan.cors is not None and isinstance(raised, Exception):")
