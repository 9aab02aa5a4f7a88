"""What is no Exception is a problem, below a template too."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(
    Responder.respond_to_error,
    "if template is not None and",
    "if isinstance(error, Exception) and template is not None and",
)
