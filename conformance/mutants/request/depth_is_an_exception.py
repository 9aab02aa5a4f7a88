"""JSON that is nested too deep is an exception that nobody handles."""

from mutation import replace
from utilmeta.core.request.body.json import parse_json

replace(
    parse_json,
    "raise unparsable(str(error)) from None",
    'raise RecursionError if "recursion" in str(error) else unparsable(str(error)) from None',
)
