"""Headers of one value are sent as often as an error has them."""

from mutation import replace
from utilmeta.core.response import response

replace(
    response.headers_of,
    "apart(sendable(checked_headers(answer.headers)))[1]",
    "[pair for pair in checked_headers(answer.headers) if apart(sendable([pair]))[1]]",
)
