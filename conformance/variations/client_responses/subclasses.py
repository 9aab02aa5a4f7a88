"""What a request function returns is of a subclass of its template, or of Response, by another name."""

from utilmeta.core.cli.call import Call
from utilmeta.core.response.response import Response

LEVEL = "full"
original = Call.answer


async def answer(self, given=None):
    found = await original(self, given)
    if isinstance(found, Response):
        kind = type(found)
        found.__class__ = type(f"Acme{kind.__name__}", (kind,), {"__module__": __name__, "__slots__": ()})
    return found


Call.answer = answer
