"""A private endpoint whose last path parameter has a default answers at the path without it."""

from mutation import replace
from utilmeta.core.pipeline import plan

replace(
    plan.compile_routes,
    """        if endpoint.private:  # it is checked like any other
            continue
        unanswered.add(endpoint, binding.path_regexes)
        other = table.add(segments, method, plan)
""",
    """        other = None
        if not endpoint.private:
            unanswered.add(endpoint, binding.path_regexes)
            other = table.add(segments, method, plan)
""",
)
