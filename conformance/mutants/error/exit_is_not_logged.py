"""The log has Exceptions alone."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.log, "message =", "if not isinstance(error, Exception):\n        return\n    message =")
