"""A repeated query parameter gives a list of its last value."""

from mutation import replace
from utilmeta.core.request.parameters import extractors

replace(
    extractors.compile_extractor,
    "request.query.get(key, UNSET)",
    "request.query[key][-1:] if key in request.query else UNSET",
)
