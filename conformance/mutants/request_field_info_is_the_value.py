"""A pydantic.Field as default is the value."""

from mutation import replace
from utilmeta.core.request import binding, field_info

replace(
    field_info.read_field,
    "if not any(isinstance(value, FieldInfo) for value in (default, *notes)):",
    "if True:",
)
replace(
    binding.said_of,
    "if isinstance(parameter.default, FieldInfo):",
    "if False:",
)
