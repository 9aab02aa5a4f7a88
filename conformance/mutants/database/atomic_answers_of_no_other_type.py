"""What is answered in a transaction has no content type that a Response says."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.encoded, "content_type=result.content_type", "content_type=None")
