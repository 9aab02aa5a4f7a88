"""A subclass does not have the transactions of orm.Atomic of its bases."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.atomic_aliases, "reversed(cls.__mro__)", "[cls]")
