"""Hooks as the guides have them: endpoints that tell what ran around them, in which order, and with what.

Whatever runs adds a word to the trace of its request, which /api/last gives. What a request is to do otherwise stands
in its query. Requests come one after the other. plugin_hook_rules.py has what the guides do not.
"""

import asyncio
import itertools

from plugin_handlers import said
from plugin_traces import asked, last, told
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

    @api.before(named)
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


class FailingAPI(api.API):
    """Mounted below `failures`: errors, and handlers of the inner class."""

    @api.get
    @in_mode
    def fail(self, kind: str):
        raise {"index": IndexError, "missing": NotFound, "zero": ZeroDivisionError}[kind]("because")

    @api.get
    @in_mode
    def divided(self):
        raise ZeroDivisionError("because")

    @api.get
    @in_mode
    def guarded(self):
        return "never"

    @api.before(guarded)
    @in_mode
    def guard(self):
        raise IndexError("because")

    @api.handle(divided, ArithmeticError)
    @in_mode
    def division(self, error):
        return said("inner division", error)

    @api.handle("*", LookupError)
    @in_mode
    def lookups(self, error):
        return said("inner lookups", error)


class FailuresAPI(api.API):
    """Mounted as `failures`: a handler of the outer class."""

    inner: FailingAPI

    @api.handle("*", ValueError, NotFound)
    @in_mode
    def some(self, error):
        return said("outer some", error)


class AwaitedAPI(api.API):
    """Mounted as `awaited`: hooks that are an `async def`, where there is a loop."""

    if ASYNCHRONOUS:

        @api.get
        async def end(self):
            await asyncio.sleep(0)
            told(self, "end")
            return "end"

        @api.before(end)
        async def before_end(self):
            await asyncio.sleep(0)
            told(self, "before")

        @api.after(end)
        async def after_end(self, response: Response):
            await asyncio.sleep(0)
            told(self, "after")


class RootAPI(api.API):
    trunk: TrunkAPI
    alone: BranchAPI
    prepared: PreparedAPI
    taking: TakingAPI
    failures: FailuresAPI
    awaited: AwaitedAPI

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
