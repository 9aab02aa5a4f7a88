"""What nothing answers, and is below the root class alone, is handled by nobody."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(
    UnansweredCompiler.add,
    "for depth, prefix in enumerate(endpoint.prefixes, 1):",
    "for depth, prefix in list(enumerate(endpoint.prefixes, 1))[1:]:",
)
