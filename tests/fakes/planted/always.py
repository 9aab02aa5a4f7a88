"""Plants a bug into the reference: one endpoint answers with another word than it was asked with, every time."""

from utilmeta.core.pipeline.responder import Responder

reply = Responder.reply


def wrong(self, result, request, label):
    if type(result) is dict and "leaf of" in result:
        result = {"leaf of": result["leaf of"] + "!"}
    return reply(self, result, request, label)


Responder.reply = wrong
