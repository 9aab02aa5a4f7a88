"""Aliases of msgspec's structs are taken for members that nobody declared, unless they are identifiers."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec

replace(
    msgspec.compile_validator,
    "return msgspec.convert(value,",
    "return msgspec.convert({name: value[name] for name in value if name.isidentifier()},",
)
