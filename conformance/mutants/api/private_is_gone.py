"""A private function is no attribute of its class."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.compile_routes, "continue", "setattr(endpoint.api, endpoint.name, None)\n            continue")
