"""HEAD is there on every path, without GET too."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.derive_methods,
    '{"HEAD": methods["GET"]} if "GET" in methods else {}',
    '{"HEAD": methods.get("GET") or next(iter(methods.values()))}',
)
