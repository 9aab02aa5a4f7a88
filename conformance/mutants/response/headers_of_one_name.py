"""Of headers given as pairs one is sent."""

from mutation import replace
from utilmeta.core.response import headers

replace(
    headers.checked_headers,
    "in pairs_of(headers):",
    "in pairs_of(headers) if isinstance(headers, Mapping) else pairs_of(headers)[:1]:",
)
