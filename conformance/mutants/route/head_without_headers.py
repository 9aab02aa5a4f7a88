"""HEAD has no Content-Type, as it has no body."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.reply,
    'return 200, headers, b"" if request.method == "HEAD" else body',
    'return 200, headers[request.method == "HEAD" :], b"" if request.method == "HEAD" else body',
)
