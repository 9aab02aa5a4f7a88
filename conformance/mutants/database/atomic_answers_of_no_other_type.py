"""What is answered in a transaction has no content type that a Response says."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.encoded, "sent.result = Encoded(body)", "sent.result, sent.fields = Encoded(body), result.check()[2]")
