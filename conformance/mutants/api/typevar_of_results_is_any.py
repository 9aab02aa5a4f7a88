"""A template whose result is a TypeVar takes any."""

from mutation import replace
from utilmeta.core.response import template

replace(
    template.result_of,
    'return attribute_type("result", hint, template, cls)',
    'return hint if attribute_type("result", hint, template, cls) is hint else Any',
)
