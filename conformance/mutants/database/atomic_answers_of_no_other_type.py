"""What is answered in a transaction has no content type that a Response says."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.encoded, "copy.fields = result.fields", "copy.fields = result.check()[2]")
