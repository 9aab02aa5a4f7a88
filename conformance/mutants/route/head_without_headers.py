"""HEAD has no Content-Type, as it has no body."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.reply,
    '[("Content-Type", content_type), ("Content-Length", str(len(body))), ("X-Request-ID", request.id)]',
    '[("Content-Length", str(len(body))), ("X-Request-ID", request.id)]\n'
    '        if request.method != "HEAD":\n'
    '            headers.append(("Content-Type", content_type))',
)
