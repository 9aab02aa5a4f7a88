"""The line before a traceback is worded in another way, and names the request's id first."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

LEVEL = "full"
replace(Responder.log, '"%s %s: %s failed (request %s)"', '"[%s] could not answer: method=%s path=%s endpoint=%s"')
replace(
    Responder.log,
    "request.method, request.raw_path, label, request.id,",
    "request.id, request.method, request.raw_path, label,",
)
