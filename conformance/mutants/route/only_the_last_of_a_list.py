"""A repeated query parameter gives a list of its last value."""

from mutation import replace
from utilmeta.core.request.parameters import extractors

replace(
    extractors.compile_extractor,
    "request.query.getlist(key) or UNSET",
    "request.query.getlist(key)[-1:] or UNSET",
)
