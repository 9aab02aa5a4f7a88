"""A strict generic template takes any result, whatever its type argument."""

from mutation import replace
from utilmeta.core.response import template

replace(
    template.given_result,
    'return attribute_type("result", Result, template, cls)',
    'return object if "[" in template.__qualname__ else attribute_type("result", Result, template, cls)',
)
