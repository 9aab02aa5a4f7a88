"""What an endpoint raises is left to the framework and its error handlers."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.utils.exceptions import HTTPError

dispatch.HTTPError = HTTPError

replace(
    dispatch.compile_handle,
    "return reply_to_error(error, request, plan)\n        return answer_missed",
    "if not isinstance(error, HTTPError):\n                raise\n"
    "            return reply_to_error(error, request, plan)\n        return answer_missed",
)
