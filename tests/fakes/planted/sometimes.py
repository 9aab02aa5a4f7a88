"""Plants a bug into the reference: one endpoint answers with another word than it was asked with, every other time.

The times are counted in the file that PLANTED_TIMES names, whatever process it is asked in.
"""

import os

from utilmeta.core.pipeline.responder import Responder

reply = Responder.reply


def wrong(self, result, request, label):
    if type(result) is dict and "leaf of" in result:
        with open(os.environ["PLANTED_TIMES"], "a") as times:
            times.write("x")
            if times.tell() % 2:
                result = {"leaf of": result["leaf of"] + "!"}
    return reply(self, result, request, label)


Responder.reply = wrong
