"""An exception whose status has no content is answered with a problem all the same."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.fail, "if status in NO_CONTENT:", "if False:")
