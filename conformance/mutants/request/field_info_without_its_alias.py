"""The alias of a pydantic.Field is ignored."""

from mutation import replace
from utilmeta.core.request.parameters import field_info

replace(
    field_info.read_field,
    "alias, default_of(info))",
    "None, default_of(info))",
)
