"""A class has the transactions of orm.Atomic of itself, or else of the first of its bases that has any."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.atomic_aliases,
    "for base in reversed(cls.__mro__)",
    "for base in [each for each in cls.__mro__ if ATOMIC in vars(each)][:1]",
)
