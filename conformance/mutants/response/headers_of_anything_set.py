"""What is neither a mapping nor pairs is taken apart as if it were."""

from mutation import replace
from utilmeta.core.response import headers

replace(
    headers.checked_headers,
    "in pairs_of(headers)",
    "in (headers.items() if hasattr(headers, 'items') else headers)",
)
