"""Hooks, plugins and CORS: endpoints that tell what ran around them, in which order, and with what.

Whatever runs adds a word to the trace of its request, which /api/last gives. What a request is to do otherwise stands
in its query. Requests come one after the other.
"""

import asyncio
import itertools

from plugin_handlers import FailuresAPI
from plugin_inherited import InheritedAPI
from plugin_repeated import FreshAPI, SameAPI
from plugin_traces import FALSE, Telling, asked, last, told, trace_of
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
        return {"word": self.word}

    @api.get
    @in_mode
    def other(self):
        told(self, "other")
        return "other"

    @api.before(named)
    @in_mode
    def first(self, word: str = "", size: int = request.HeaderParam("X-Size", default=0)):
        told(self, "branch first")
        self.word = [word, size]
        if asked(self, "refused"):
            raise PermissionDenied(word)
        if asked(self, "instead"):
            return {"instead": word}
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
            response.headers["X-Mark"] = mark
        if asked(self, "after-fails"):
            raise PermissionDenied("after")
        return response if asked(self, "returned") else None

    @api.after(named)
    @in_mode
    def replaced(self, response: Response):
        told(self, "branch replaced")
        if asked(self, "replaced"):
            return {"replaced": str(self.request.url).rpartition("=")[2], "status": response.status}
        return None


class TrunkAPI(api.API):
    """Mounted as `trunk`, and what is around the branch."""

    branch: BranchAPI

    @api.get
    @in_mode
    def bare(self):
        told(self, "bare")
        return "bare"

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


class AmongAllAPI(api.API):
    """Mounted as `among_all`: hooks of `"*"` and, in the same decorator, of endpoints that are among all."""

    @api.get
    @in_mode
    def named(self):
        told(self, "named")
        if asked(self, "fails"):
            raise KeyError("because")
        return "named"

    @api.get
    @in_mode
    def other(self):
        told(self, "other")
        if asked(self, "fails"):
            raise KeyError("because")
        return "other"

    @api.before(named, "*", "named")
    @in_mode
    def earlier(self):
        told(self, "before")

    @api.after("*", named)
    @in_mode
    def later(self, response: Response):
        told(self, "after")

    @api.handle(named, KeyError, "*")
    @in_mode
    def failed(self, error):
        told(self, "handle")


numbers = itertools.count()


class PreparedAPI(api.API):
    """Mounted as `prepared`: what `__init__` sets is a number for each instance."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = next(numbers)

    @api.get
    @in_mode
    def prepared(self):
        return {"number": told(self, self.number)[-1]}

    @api.before(prepared)
    @in_mode
    def before_prepared(self):
        told(self, self.number)

    @api.after(prepared)
    @in_mode
    def after_prepared(self, response: Response):
        told(self, self.number)


class TakingAPI(api.API):
    """Mounted as `taking`: hooks with parameters of their own."""

    @api.get
    @in_mode
    def taken(self):
        told(self, "taken")
        if asked(self, "fails"):
            raise KeyError("because")
        return "taken"

    @api.before(taken)
    @in_mode
    def before_taken(self, size: int = request.HeaderParam("X-Before", default=0)):
        told(self, ["before", size])

    @api.after(taken)
    @in_mode
    def after_taken(self, response: Response, size: int = request.HeaderParam("X-After", default=0)):
        told(self, ["after", size])

    @api.handle(taken, KeyError)
    @in_mode
    def failed(self, error, size: int = request.HeaderParam("X-Handle", default=0)):
        told(self, ["handle", size])
        return "handled"

    @api.post("placed/{number}")
    @in_mode
    def placed(self, number: str):
        if asked(self, "fails"):
            raise KeyError("because")
        return "placed"

    @api.before(placed)
    @in_mode
    def before_placed(
        self,
        number: int,
        size: int = 7,
        kind: int = request.CookieParam("kind", default=7),
        amount: int = request.BodyParam("amount", default=7),
    ):
        told(self, ["before", number, size, kind, amount])

    @api.after(placed)
    @in_mode
    def after_placed(
        self,
        response: Response,
        number: int,
        size: int = 7,
        kind: int = request.CookieParam("kind", default=7),
        amount: int = request.BodyParam("amount", default=7),
    ):
        told(self, ["after", number, size, kind, amount])

    @api.handle(placed, KeyError)
    @in_mode
    def failed_placed(
        self,
        error,
        number: int,
        size: int = 7,
        kind: int = request.CookieParam("kind", default=7),
        amount: int = request.BodyParam("amount", default=7),
    ):
        told(self, ["handle", number, size, kind, amount])
        return "handled"


class BaseAPI(api.API):
    @api.get
    @in_mode
    def inherited(self):
        told(self, "base inherited")
        return "inherited"

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
        told(self, "derived own")
        return "own"

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


class Shaped(Response):
    result_key = "data"
    message_key = "reason"


class ShapedAPI(api.API):
    """Mounted as `shaped`: a template, and one of a hook."""

    @api.get
    @in_mode
    def shaped(self, word: str) -> Shaped:
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


@api.CORS(allow_origin="*")
class OpenAPI(api.API):
    """Mounted as `open`: CORS as the guides have it."""

    @api.get
    @in_mode
    def thing(self):
        return "thing"

    @api.get
    @in_mode
    def false(self, kind: str):
        return FALSE[kind]

    @api.get
    def plainly_false(self, kind: str):
        return FALSE[kind]

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"


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


class Awaited(api.Plugin):
    async def process_request(self, request):
        await asyncio.sleep(0)
        trace_of(request).append(["awaited plugin", looped()])


class MixedAPI(api.API):
    """Mounted as `mixed`: plain and `async def` functions around each other, where there is a loop."""

    if ASYNCHRONOUS:

        @Plain()
        @api.get
        async def awaited(self):
            await asyncio.sleep(0)
            told(self, ["awaited", looped()])
            return "awaited"

        @Awaited()
        @api.get
        def plain(self):
            told(self, ["plain", looped()])
            return "plain"

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
    among_all: AmongAllAPI
    alone: BranchAPI
    prepared: PreparedAPI
    taking: TakingAPI
    derived: DerivedAPI
    failures: FailuresAPI
    plugins: PluginsAPI
    open: OpenAPI
    crossed: CrossedAPI
    mixed: MixedAPI
    shaped: ShapedAPI
    kept: KeptAPI
    same: SameAPI
    fresh: FreshAPI
    inherited: InheritedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def last(self):
        return last()


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
