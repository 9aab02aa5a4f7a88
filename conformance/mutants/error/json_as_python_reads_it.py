"""A body is JSON if Python's json module reads it: in UTF-16 too, and with NaN."""

from mutation import replace
from utilmeta.core.request.body.json import parse_json

replace(
    parse_json,
    "jiter.from_json(body, allow_inf_nan=False, catch_duplicate_keys=True)",
    "__import__('json').loads(body)",
)
