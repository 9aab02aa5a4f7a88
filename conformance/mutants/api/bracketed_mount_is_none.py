"""A generic class with types in brackets is an annotation like any other: nothing is mounted."""

from mutation import replace
from utilmeta.core.api import instance

replace(
    instance.bare,
    "specialized(hint) if",
    "hint if",
)
