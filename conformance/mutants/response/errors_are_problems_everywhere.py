"""Errors are problem details, below a template too."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.fail, "if template is not None and template.message_key is not None:", "if False:")
