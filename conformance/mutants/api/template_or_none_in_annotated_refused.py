"""A union in Annotated is a type that holds a template."""

from mutation import replace
from utilmeta.core.response import template

replace(template.alternatives, "return alternatives(arguments[0])", "return (arguments[0],)")
