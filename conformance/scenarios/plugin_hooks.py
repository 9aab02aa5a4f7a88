"""Hooks, plugins and CORS: endpoints that tell what ran around them, in which order and on what.

Whatever runs adds a word to the trace of its request; results hold the trace, and where something runs after them a
header does. What a request is to do otherwise stands in its query. Requests come one after the other.
"""

import asyncio

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound, PermissionDenied

traces = {}  # that of the last request


def trace_of(request):
    if request not in traces:
        traces.clear()
    return traces.setdefault(request, [])


def told(it, word):
    """Add a word to the trace of the request of an instance, or in a plugin of a response or an error; all of them."""
    trace = trace_of(it.request)
    trace.append(word)
    return trace


def with_header(response, name, value):
    """Give the response one header more, or another one of this name."""
    response.headers = {**dict(response.headers), name: value}


def asked(it, word):
    """Whether the query of the request says so."""
    return word in it.request.query


class Telling(api.Plugin):
    """Tells where it is; answers and raises as the query says."""

    def __init__(self, name):
        self.name = name

    @in_mode
    def process_request(self, request):
        trace_of(request).append(self.name + " request")
        if self.name + "-answers" in request.query:
            return "answered by " + self.name
        if self.name + "-raises" in request.query:
            raise PermissionDenied(self.name)
        return None

    @in_mode
    def process_response(self, response):
        with_header(response, "X-Trace", ",".join(told(response, self.name + " response")))
        return "replaced by " + self.name if asked(response, self.name + "-replaces") else None

    @in_mode
    def handle_error(self, error):
        told(error, self.name + " error")
        return "handled by " + self.name if asked(error, self.name + "-handles") else None


class BranchAPI(api.API):
    """Mounted as `branch`: before and after hooks."""

    word = None

    @api.get
    @in_mode
    def named(self):
        told(self, "named")
        if asked(self, "fails"):
            raise NotFound("because")
        return {"word": self.word, "trace": trace_of(self.request)}

    @api.get
    @in_mode
    def other(self):
        return {"trace": told(self, "other")}

    @api.before(named)
    @in_mode
    def first(self, word: str = "", size: int = request.HeaderParam("X-Size", default=0)):
        told(self, "branch first")
        self.word = [word, size]
        if asked(self, "refused"):
            raise PermissionDenied(word)
        if asked(self, "instead"):
            return {"instead": word, "trace": trace_of(self.request)}
        return None

    @api.before("named")
    @in_mode
    def second(self):
        told(self, "branch second")

    @api.after(named)
    @in_mode
    def changed(self, response: Response, mark: str = ""):
        told(self, "branch changed")
        if mark:
            with_header(response, "X-Mark", mark)
        if asked(self, "after-fails"):
            raise PermissionDenied("after")

    @api.after(named)
    @in_mode
    def replaced(self, response: Response):
        trace = told(self, "branch replaced")
        if asked(self, "replaced"):
            return {"word": self.word, "status": response.status, "trace": trace}
        return None


class TrunkAPI(api.API):
    """Mounted as `trunk`, and what is around the branch."""

    branch: BranchAPI

    @api.get
    @in_mode
    def bare(self):
        return {"trace": told(self, "bare")}

    @api.before("*")
    @in_mode
    def every(self):
        told(self, "trunk every")

    @api.before(BranchAPI)
    @in_mode
    def branches(self):
        told(self, "trunk branches")

    @api.after("*")
    @in_mode
    def last(self, response: Response):
        told(self, "trunk last")


class BaseAPI(api.API):
    @api.get
    @in_mode
    def inherited(self):
        return {"trace": told(self, "base inherited")}

    @api.before(inherited)
    @in_mode
    def kept(self):
        told(self, "base kept")

    @api.before(inherited)
    @in_mode
    def overridden(self):
        told(self, "base overridden")

    @api.before(inherited)
    @in_mode
    def replaced(self):
        told(self, "base replaced")


class DerivedAPI(BaseAPI):
    """Mounted as `derived`: inherits hooks, and replaces some."""

    @api.get
    @in_mode
    def own(self):
        return {"trace": told(self, "derived own")}

    @in_mode
    def overridden(self):
        told(self, "derived overridden")

    @api.before(own)
    @in_mode
    def replaced(self):
        told(self, "derived replaced")


def said(handler, error):
    """What a handler knows of an error, and whether that is an Error."""
    told = [handler, error.type.__name__, error.status, error.message, error.exception.args == ("because",)]
    return [*told, isinstance(error, getattr(api, "Error", ()))]


class FailingAPI(api.API):
    """Mounted below `failures`: errors, and handlers of the inner class."""

    @api.get
    @in_mode
    def fail(self, kind: str, number: int = 0):
        raise {"key": KeyError, "index": IndexError, "value": ValueError, "missing": NotFound}[kind]("because")

    @api.get
    @in_mode
    def plain(self, kind: str):
        raise {"value": ValueError, "type": TypeError}[kind]("because")

    @api.get
    @in_mode
    def guarded(self):
        return "never"

    @api.before(guarded)
    @in_mode
    def guard(self):
        raise IndexError("because")

    @api.handle("*", LookupError)
    @in_mode
    def lookups(self, error):
        return said("inner lookups", error)

    @api.handle("*", KeyError)
    @in_mode
    def keys(self, error, then: str = ""):
        if then == "leave":
            return None
        if then == "throw":
            error.throw()
        if then == "replace":
            raise ValueError("because")
        return said("inner keys", error)

    @api.handle("*", TypeError)
    @in_mode
    def types(self, error):
        return said("inner types", error)


class FailuresAPI(api.API):
    """Mounted as `failures`: handlers of the outer class."""

    inner: FailingAPI

    @api.handle("*", ValueError, NotFound)
    @in_mode
    def some(self, error):
        return Response(said("outer some", error), status=418)

    @api.handle(FailingAPI.plain)
    @in_mode
    def naming(self, error):
        return said("outer naming", error)

    @api.after("*")
    @in_mode
    def after_none(self, response: Response):
        with_header(response, "X-After", "1")


@Telling("class")
class PluggedAPI(api.API):
    @Telling("endpoint")
    @api.get
    @in_mode
    def end(self):
        told(self, "end")
        if asked(self, "fails"):
            raise NotFound("because")
        return "end"

    @api.get
    @in_mode
    def beside(self):
        return "beside"

    @api.handle(end, NotFound)
    @in_mode
    def missing(self, error):
        return "handled by hook" if asked(self, "hook-handles") else None


@Telling("outer")
class PluginsAPI(api.API):
    """Mounted as `plugins`: plugins of two classes and of an endpoint."""

    inner: PluggedAPI


class Listed(Response):
    result_key = "items"


class ShapedAPI(api.API):
    """Mounted as `shaped`: a template, and one of a hook."""

    class response(Response):
        result_key = "data"
        message_key = "reason"

    @api.get
    @in_mode
    def shaped(self, word: str):
        if asked(self, "fails"):
            raise KeyError(word)
        return word

    @api.before(shaped)
    @in_mode
    def instead(self):
        return "instead" if asked(self, "instead") else None

    @api.after(shaped)
    @in_mode
    def seen(self, response: Response):
        response.message = f"seen {response.result}"

    @api.after(shaped)
    @in_mode
    def replaced(self, response: Response):
        return "replaced" if asked(self, "replaced") else None

    @api.after(shaped)
    @in_mode
    def listed(self, response: Response) -> Listed:
        return [response.result] if asked(self, "listed") else None

    @api.handle("*", KeyError)
    @in_mode
    def handled(self, error):
        return "handled"


ORIGINS = ("https://one.example", "https://two.example:8443")


@api.CORS(allow_origin=ORIGINS)
class CrossedAPI(api.API):
    """Mounted as `crossed`: CORS of the class, and of an endpoint; plugin_cors.py has its other options."""

    inner: BranchAPI

    @api.get
    @in_mode
    def thing(self):
        if asked(self, "fails"):
            raise NotFound("because")
        return "thing"

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"

    @api.CORS(allow_origin="*")
    @api.delete("thing")
    @in_mode
    def delete_thing(self):
        return "deleted"

    @api.before("*")
    @in_mode
    def unseen(self):
        if asked(self, "hooked"):
            return "hook"
        return None


class Keeping(api.Plugin):
    """Keeps what has passed in the request's own context."""

    @in_mode
    def process_request(self, request):
        request.context.setdefault("kept", []).append("plugin")


@Keeping()
class KeptAPI(api.API):
    """Mounted as `kept`."""

    @api.get
    @in_mode
    def kept(self):
        return {"kept": [*self.request.context["kept"], "endpoint"]}


def looped():
    """Whether an event loop runs in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class Plain(api.Plugin):
    def process_request(self, request):
        trace_of(request).append(["plain plugin", looped()])


class MixedAPI(api.API):
    """Mounted as `mixed`: plain and `async def` functions around each other, where there is a loop."""

    if ASYNCHRONOUS:

        @Plain()
        @api.get
        async def awaited(self):
            await asyncio.sleep(0)
            return told(self, ["awaited", looped()])

        @api.get
        def plain(self):
            return told(self, ["plain", looped()])

        @api.before(awaited)
        def plain_before(self):
            told(self, ["plain before", looped()])

        @api.before(plain)
        async def awaited_before(self):
            await asyncio.sleep(0)
            told(self, ["awaited before", looped()])

        @api.after("*")
        def plain_after(self, response: Response):
            told(self, ["plain after", looped()])

        @api.after("*")
        async def awaited_after(self, response: Response):
            await asyncio.sleep(0)
            told(self, ["awaited after", looped()])


class RootAPI(api.API):
    trunk: TrunkAPI
    alone: BranchAPI
    derived: DerivedAPI
    failures: FailuresAPI
    plugins: PluginsAPI
    crossed: CrossedAPI
    mixed: MixedAPI
    shaped: ShapedAPI
    kept: KeptAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_hooks",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()

if __name__ == "__main__":
    service.run()
