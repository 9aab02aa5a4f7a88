"""HEAD is refused as any method that no endpoint has."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.derive_methods, '{"HEAD": methods["GET"]} if "GET" in methods else {}', "{}")
