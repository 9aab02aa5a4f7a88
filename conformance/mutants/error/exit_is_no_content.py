"""What is raised and is no Exception is answered as if nothing had been."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.reply_to_error,
    "raise_interruption(raised)\n",
    "raise_interruption(raised)\n"
    '    if not isinstance(getattr(raised, "error", raised), Exception):\n'
    '        return 204, [("X-Request-ID", request.id)], b""\n',
)
