"""Aliases of utype's schemas are taken for members that nobody declared, unless they are identifiers."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(
    utype.compile_validator,
    "return utype.type_transform(value,",
    "return utype.type_transform({name: value[name] for name in value if name.isidentifier()},",
)
