"""JSON has spaces after commas and colons."""

from mutation import replace
from utilmeta.core.response.encoding import compile_encoder

LEVEL = "full"
replace(compile_encoder, 'separators=(",", ":")', 'separators=(", ", ": ")')
