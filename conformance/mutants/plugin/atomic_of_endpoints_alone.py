"""orm.Atomic around a class begins no transaction."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.atomic_aliases, "[*aliases, *", "[*")
