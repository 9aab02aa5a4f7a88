"""An exit of one request is the answer to the next one."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

Responder.exited = None
replace(
    Responder.log,
    "message =",
    "if not isinstance(error, Exception):\n"
    "        self.exited = None if self.exited is error else error\n"
    "    message =",
)
replace(
    Responder.reply,
    "kind = type(result)",
    "if self.exited is not None:\n        return self.respond_to_error(self.exited, request)\n    kind = type(result)",
)
