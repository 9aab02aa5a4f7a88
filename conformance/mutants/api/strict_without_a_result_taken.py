"""A strict template whose result is not annotated checks nothing."""

from mutation import replace
from utilmeta.core.response import template

replace(template.result_of, "if template.strict and given is Any", "if False")
