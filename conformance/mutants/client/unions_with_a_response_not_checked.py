"""A return annotation that is no Response is overlooked where a Response stands beside it in a Union (CLIENT-11)."""

from mutation import replace
from utilmeta.core.cli import template

replace(
    template.compile_returns,
    "elif kind is not type(None) and kind is not None:",
    "elif kind is not type(None) and kind is not None and len(list(alternatives(annotation))) == 1:",
)
