"""Hooks, plugins and CORS: endpoints that tell what ran around them, in which order, and with what.

Whatever runs adds a word to the trace of its request; results hold the trace, and where something runs after them a
header does. What a request is to do otherwise stands in its query. Requests come one after the other.
"""

import asyncio

from plugin_handlers import FailuresAPI
from plugin_traces import Telling, asked, told, trace_of, with_header
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound, PermissionDenied


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
