"""An API class is made once, for all requests."""

from utilmeta.core.api import instance
from utilmeta.core.pipeline import call

first = instance.compile_instance
kept = {}


def compile_instance(cls, response=None):
    make = first(cls, response)

    def made(request, shared):
        if cls not in kept:
            kept[cls] = make(request, shared)
        else:
            vars(kept[cls]).update(shared)
            kept[cls].__init__(request)
        return kept[cls]

    return made


call.compile_instance = compile_instance
