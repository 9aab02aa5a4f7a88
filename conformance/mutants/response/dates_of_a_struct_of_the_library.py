"""A struct of msgspec has its dates in msgspec's own format."""

from mutation import replace
from utilmeta.core.response import encoding

replace(encoding.Plain.compile, "struct.compile_convert(kind, self)", "__import__('msgspec').to_builtins")
