"""JSON is indented, over several lines."""

from mutation import replace
from utilmeta.core.response.encoding import compile_encoder

LEVEL = "full"
replace(compile_encoder, 'separators=(",", ":")', "indent=2")
