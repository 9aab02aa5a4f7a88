"""A TypeVar stands for one type in all bases: what the nearest says."""

from mutation import replace
from utilmeta.core.annotations import generic

replace(
    generic.hints_in,
    "arguments_of(cls).get(definer, NOTHING)",
    "{name: value for each in reversed(list(arguments_of(cls).values())) for name, value in each.items()}",
)
