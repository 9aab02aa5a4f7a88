"""Plants a bug into the reference: one endpoint answers, and prints, what a terminal or a CI run would act upon."""

import sys

from utilmeta.core.pipeline.responder import Responder

ESCAPES = "\x1b]0;title\x07\x1b[2J\u2028\x85\n::error::no\n##[error]no\n"
reply = Responder.reply


def wrong(self, result, request, label):
    if type(result) is dict and "leaf of" in result:
        sys.stdout.write(ESCAPES)
        sys.stdout.flush()
        return reply(self, ESCAPES, request, label)
    return reply(self, result, request, label)


Responder.reply = wrong
