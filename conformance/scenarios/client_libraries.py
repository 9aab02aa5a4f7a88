"""By which library a client's requests are sent: by keyword, by preference, by default; and styles that one lacks."""

import asyncio
import sys
import time

from client_calls import Calls, calling, given, journal, module, settings
from scenario import BACKEND, PRODUCTION, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Preference
from utilmeta.core import api, response
from utilmeta.core.cli import Client

# Modules of which one is below a connection that a library makes; the first of them that is found tells which it is.
MODULES = {
    "aiohttp": ("aiohttp", "aiohappyeyeballs"),
    "httpx": ("httpx", "httpx2", "httpcore", "httpcore2", "anyio"),
    "requests": ("requests",),
    "urllib": ("urllib", "http"),
}


def watched(event, arguments):
    """Note in the journal which library connects."""
    if event == "socket.connect":
        below, frame = set(), sys._getframe()
        while frame is not None:
            below.add(frame.f_globals.get("__name__", "").partition(".")[0])
            frame = frame.f_back
        journal.append(next((name for name, modules in MODULES.items() if below.intersection(modules)), "unknown"))


def sending():
    sys.addaudithook(watched)
    preferences = given(settings.get("preferences", {}))
    if preferences:
        Client("http://127.0.0.1:1")  # one that is made before has no part in it
        service = UtilMeta(__name__, name="clients", backend=BACKEND, production=PRODUCTION)
        service.use(Preference(**preferences))
        with_a_key(service).setup()

    class Sending(Client):
        @api.get("sent")
        def sent(self, n: int = 0) -> response.Response:
            pass

    return Sending


called = calling(sending)


def awaited(base):
    """Two calls at once of an `async def` request function over urllib, and two over requests: what came of them, and
    for how long nothing else ran on the event loop."""

    class Awaited(Client):
        @api.get("slow")
        async def slow(self, n: int) -> response.Response:
            pass

    async def tick(gaps):
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            gaps.append(time.monotonic() - began)

    async def calls():
        gaps = []
        ticking = asyncio.ensure_future(tick(gaps))
        await asyncio.sleep(0.05)
        begun = []
        for library in ("urllib", "requests"):
            try:
                maker = Calls(Awaited(base, backend=library), "async")
            except Exception as error:  # noqa: BLE001 - refused before anything is sent
                journal.append(str(error))
            else:
                begun += [maker.call("slow", [number]) for number in (0, 1)]
        found = list(await asyncio.gather(*begun))
        await asyncio.sleep(0.05)  # until it has seen how long the calls took
        ticking.cancel()
        return {"facts": found, "gap": max(gaps)}

    return asyncio.run(calls()) if module("requests") else {"lacks": "requests"}


def plainly(base):
    """Two calls of a plain request function over aiohttp, without an event loop."""
    if module("aiohttp") is None:
        return {"lacks": "aiohttp"}

    class Plainly(Client):
        @api.get("quick")
        def quick(self, n: int) -> response.Response:
            pass

    async def calls():
        return await Calls(Plainly(base, backend="aiohttp"), "sync").in_turn([("quick", [0]), ("quick", [1])])

    coroutine = calls()
    try:
        coroutine.send(None)
    except StopIteration as done:
        return {"facts": done.value}
    except Exception as error:  # noqa: BLE001 - refused when the client is made
        return {"facts": [], "refused": str(error)}
