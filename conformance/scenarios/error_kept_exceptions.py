"""APIs that raise an exception which their module keeps, again at each request; `left` counts what it keeps alive."""

import builtins
import gc
import weakref

from error_raised_places import in_mode
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

GONE = exceptions.Gone("gone")
BROKEN = RuntimeError("broken")
KEPT = {"http": GONE, "error": BROKEN}
things = weakref.WeakSet()


class Thing:
    """Of a request: whether it outlives that can be seen."""


GROUP = getattr(builtins, "ExceptionGroup", None)  # since Python 3.11


def caught(error):
    """It, raised once."""
    try:
        raise error
    except type(error):
        return error


class KeptAPI(api.API):
    """Mounted as `kept`: exceptions that the module keeps, and raises again."""

    @api.get
    @in_mode
    def awaited(self, what: str):
        thing = Thing()
        things.add(thing)
        try:
            raise LookupError(thing)
        except LookupError:
            raise KEPT[what]  # noqa: B904 - as users do

    @api.get
    def plain(self, what: str):
        thing = Thing()
        things.add(thing)
        try:
            raise LookupError
        except LookupError as error:
            raise KEPT[what] from error

    @api.get
    def grouped(self, what: str):
        """Raises it in a group of its own, where Python has groups."""
        thing = Thing()
        things.add(thing)
        try:
            raise LookupError(thing)
        except LookupError:
            member = caught(KEPT[what])
        raise member if GROUP is None else GROUP("group", [member])

    @api.get
    @in_mode
    def left(self):
        gc.collect()
        return {"things": len(things)}


class KeptAndHandledAPI(KeptAPI):
    """Mounted as `kept_and_handled`."""

    @api.handle("*", exceptions.Gone)
    @in_mode
    def gone(self, error):
        return "handled"


class Answers(api.Plugin):
    @in_mode
    def handle_error(self, error):
        return "answered"


@Answers()
class KeptAndAnsweredAPI(KeptAPI):
    """Mounted as `kept_and_answered`."""


class KeptAndSentAPI(KeptAPI):
    """Mounted as `kept_and_sent`."""

    @api.handle("*", exceptions.Gone)
    @in_mode
    def gone(self, error):
        return Response(error=error)
