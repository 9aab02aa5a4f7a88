"""A preflight for HEAD, which no endpoint declares, is answered as any OPTIONS."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.derive_methods, "plans = {**methods, **more}", "plans = methods")
