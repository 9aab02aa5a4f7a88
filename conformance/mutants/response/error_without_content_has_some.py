"""An exception whose status has no content is answered with a problem all the same."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.respond_to_error, "if status in NO_CONTENT:", "if False:")
