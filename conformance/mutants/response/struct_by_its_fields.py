"""A struct of msgspec is sent by its fields: without its tag, and with what it omits."""

from mutation import replace
from utilmeta.core.response import encoding

STRUCT = "{field: getattr(value, name) for field, name in zip(kind.__struct_encode_fields__, kind.__struct_fields__)}"
replace(encoding.Plain.compile, "struct.compile_convert(kind, self)", f"(lambda value: {STRUCT})")
