"""Hooks beyond what the guides have (plugin_hooks.py): by the name of an endpoint, inherited, of all endpoints and one,
in templates, plain and `async def` around each other; handlers by the nearest and the most specific type.

/api/last gives what ran around the last request. Requests come one after the other.
"""

import asyncio

from plugin_handlers import FailuresAPI
from plugin_repeated import FreshAPI
from plugin_traces import asked, last, told, trace_of
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response


class NamedAPI(api.API):
    """Mounted as `named`: a hook of an endpoint by its name."""

    @api.get
    @in_mode
    def named(self):
        told(self, "named")
        return "named"

    @api.get
    @in_mode
    def other(self):
        told(self, "other")
        return "other"

    @api.before("named")
    @in_mode
    def before_named(self):
        told(self, "before named")


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
    named: NamedAPI
    among_all: AmongAllAPI
    derived: DerivedAPI
    failures: FailuresAPI
    mixed: MixedAPI
    shaped: ShapedAPI
    fresh: FreshAPI

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
        name="plugin_hook_rules",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
