"""A handler is asked about what nothing answers, whatever it takes."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(
    UnansweredCompiler.is_bound,
    'all(parameter.optional and parameter.marker.place != "body" for parameter in parameters)',
    "True",
)
