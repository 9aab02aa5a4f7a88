"""A handler that takes parameters is not asked about what nothing answers."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(
    UnansweredCompiler.is_bound,
    'all(parameter.optional and parameter.marker.place != "body" for parameter in parameters)',
    "not parameters",
)
