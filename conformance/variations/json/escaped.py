"""JSON is ASCII: any other character is escaped."""

from mutation import replace
from utilmeta.core.response.encoding import compile_encoder

LEVEL = "full"
replace(compile_encoder, "ensure_ascii=False", "ensure_ascii=True")
