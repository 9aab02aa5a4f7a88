"""A private endpoint answers requests; a private class does not."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(plan.compile_routes, "if endpoint.private:", "if endpoint.private and not endpoint.operation.private:")
