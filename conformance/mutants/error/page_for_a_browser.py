"""Who accepts HTML gets an error as a page."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.respond_to_error,
    "headers = [\n",
    'if "text/html" in (request.header("accept") or ""):\n'
    '        return status, [("Content-Type", "text/html"), ("Content-Length", "15")], b"<h1>Error</h1>\\n"\n'
    "    headers = [\n",
)
