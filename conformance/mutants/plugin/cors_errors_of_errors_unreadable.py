"""The error that an HTTP error cannot be sent has no headers of CORS."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.failure, "self.fail(broken, request, plan, granted)", "self.fail(broken, request, plan)")
