"""A pydantic.Field as default is the value."""

from mutation import replace
from utilmeta.core.request.parameters import binding, default_check, field_info

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
replace(
    default_check.check_default,
    "if default is UNSET or default is None or isinstance(default, DefaultFactory):",
    "if True:",
)
