"""The template of an endpoint does not tell a framework's HTTP exception."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

TEMPLATE = "template is not None and template.message_key is not None"

replace(Responder.respond_to_error, TEMPLATE, f'{TEMPLATE} and hasattr(error, "request")')
