"""A template whose result is a TypeVar takes any."""

from mutation import replace
from utilmeta.core.response import template

replace(
    template.declared_type,
    "return attribute_type(name, hint, template, cls)",
    "return hint if attribute_type(name, hint, template, cls) is hint else Any",
)
