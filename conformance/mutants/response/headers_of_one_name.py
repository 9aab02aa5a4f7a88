"""Of headers given as pairs one is sent."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.checked_headers, "else headers:", "else list(headers)[:1]:")
