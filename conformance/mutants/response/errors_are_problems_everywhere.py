"""Errors are problem details, below a template too."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.respond_to_error, "if template is not None and template.message_key is not None:", "if False:")
