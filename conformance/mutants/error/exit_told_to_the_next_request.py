"""An exit of one request is the answer to the next one."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

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
    "if self.exited is not None:\n        return self.fail(self.exited, request)\n    kind = type(result)",
)
