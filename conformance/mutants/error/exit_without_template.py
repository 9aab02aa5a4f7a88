"""What is no Exception is a problem, below a template too."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(
    Responder.fail,
    "if template is not None and",
    "if isinstance(error, Exception) and template is not None and",
)
