"""What was raised in one request stays with the service, and whoever asks next is told as well."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

Responder.raised = None
replace(
    Responder.log,
    "    message =",
    "    self.raised = None if error is self.raised else error\n    message =",
)
replace(
    Responder.reply,
    "kind = type(result)",
    "if self.raised is not None:\n        return self.respond_to_error(self.raised, request)\n    kind = type(result)",
)
