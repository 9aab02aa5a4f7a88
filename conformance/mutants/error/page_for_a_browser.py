"""Who accepts HTML gets an error as a page."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(
    Responder.fail,
    "headers = [\n",
    'if "text/html" in (request.header("accept") or ""):\n'
    '        return status, [("Content-Type", "text/html"), ("Content-Length", "15")], b"<h1>Error</h1>\\n"\n'
    "    headers = [\n",
)
