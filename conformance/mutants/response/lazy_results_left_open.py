"""What is refused because it would have to be read stays open."""

from mutation import replace
from utilmeta.core.response import encoding

replace(encoding.compile_encoder, "release(value)", "pass")
