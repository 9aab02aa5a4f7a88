"""A Content-Type given as content_type= is sent, and not found among the headers."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders

replace(
    ResponseHeaders.getlist,
    "if same(other, name)",
    "if same(other, name) and other != 'Content-Type'",
)
