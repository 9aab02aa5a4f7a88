"""Headers that are parameters are granted by no preflight."""

from mutation import replace
from utilmeta.core.pipeline.plan import with_preflights

replace(with_preflights, "alike, plan.headers, allow", "alike, (), allow")
