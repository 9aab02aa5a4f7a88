"""A preflight is answered as any OPTIONS."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.with_preflights, 'preflight is None or request.header("origin") is None', "True")
