"""orm.Atomic around an endpoint begins no transaction."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.atomic_aliases, "*of_endpoint(endpoint, ATOMIC, ())", "")
