"""In a transaction a response is sent as it is, however it was changed after it was built."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.encoded, "result.check()", "result.settle()")
