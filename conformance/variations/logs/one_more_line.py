"""A second line of the log follows each exception, with the request's id and the class of the exception."""

from utilmeta.core.pipeline.responder import Responder

LEVEL = "full"
original = Responder.log


def log(self, error, request, label):
    original(self, error, request, label)
    from utilmeta.core.pipeline import responder

    responder.log.error("request %s ended in %s", request.id, type(error).__name__)


Responder.log = log
