"""What an error says of the connection, and a request id of its own, is sent beside what the service says."""

from mutation import replace
from utilmeta.core.response import response

response.UNSAID = ("content-length", "content-type", "transfer-encoding")
replace(
    response.headers_of,
    "apart(sendable(checked_headers(answer.headers)))[1]",
    "[pair for pair in checked_headers(answer.headers) if pair[0].lower() not in UNSAID]",
)
