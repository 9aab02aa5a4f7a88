"""A Response of an error is encoded after its transaction."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.encoded, "self.content_of_error(result, result.error)", "pass")
