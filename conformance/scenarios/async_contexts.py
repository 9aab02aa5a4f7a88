"""Context variables that each part of a request reads and sets; requests whose clients leave.

Each part of a request that is given a word returns what it finds in a context variable, and sets the variable to its
own name and the word. What the parts found is kept under the word. The endpoint `waits` waits for a file of that name
beside SCENARIO_EVENTS.
"""

import asyncio
import decimal
import os
import time
from contextvars import ContextVar
from typing import Any, Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried
from utilmeta import UtilMeta
from utilmeta.core import api, request

FOLDER = os.path.dirname(os.environ["SCENARIO_EVENTS"])
LONGEST_SECONDS = 20
PRECISION = 17  # of decimal numbers, as a startup hook has it; Python's own is 28
PRICE = decimal.Decimal("1.1") * 2  # as modules compute; from then on all that copies this context has its arithmetic

passed = ContextVar("passed")  # set by each part of a request
nothing = ContextVar("nothing", default="something")  # set to None by the first part
started = ContextVar("started")  # set by a plain startup hook
emptied = ContextVar("emptied", default="full")  # by the same, to what is false
awaited = ContextVar("awaited")  # by an asynchronous one

told = {}  # by the word of a request


def tell(word, what):
    told.setdefault(word, []).append(what)


def step(name, word):
    """What is found in the variable, told with the name of a part, which sets it and raises if the word says so."""
    found = passed.get(None)
    passed.set(f"{name} {word}")
    tell(word, [name, found])
    if word.rpartition(".")[2] == name:
        raise KeyError(word)
    return {"found": found}


def of_hooks():
    return {
        "started": started.get(None),
        "emptied": emptied.get(),
        "awaited": awaited.get(None),
        "precision": decimal.getcontext().prec,
    }


def replace(word):
    """Set anew for a request what the startup hooks have set."""
    started.set(word)
    emptied.set(word)
    awaited.set(word)
    decimal.getcontext().prec = PRECISION + 1


def closed(gate, since):
    return not os.path.exists(os.path.join(FOLDER, gate)) and time.monotonic() < since + LONGEST_SECONDS


def word_of(of):
    return queried(of.request, "word")


class PlainAPI(api.API):
    """Plain functions, in both modes."""

    @api.get
    def sets(self, word: str):
        return step("sets", word)

    @api.get
    def fails(self, word: str):
        step("fails", word)
        raise RuntimeError(f"failed {word}")

    @api.get(timeout=0.05)
    def late(self, word: str):
        step("late", word)
        time.sleep(0.15)
        return "too late"

    @api.post
    def takes(self, word: str, data: Dict[str, Any] = request.Body):
        return {**step("takes", word), "data": data}

    @api.get
    def hooks(self):
        return of_hooks()

    @api.get
    def replaces(self, word: str):
        replace(word)
        return of_hooks()

    @api.get
    def waits(self, word: str, gate: str):
        tell(word, "begins")
        since = time.monotonic()
        while closed(gate, since):
            time.sleep(0.005)
        tell(word, "ends")
        return "waited"


class AwaitedAPI(api.API):
    """The same as `async def`; on an asynchronous variant alone."""

    @api.get
    async def sets(self, word: str):
        found = step("sets", word)
        await asyncio.sleep(0)
        return found

    @api.get
    async def fails(self, word: str):
        step("fails", word)
        await asyncio.sleep(0)
        raise RuntimeError(f"failed {word}")

    @api.get(timeout=0.05)
    async def late(self, word: str):
        step("late", word)
        await asyncio.sleep(LONGEST_SECONDS)
        return "too late"

    @api.get
    async def hooks(self):
        return of_hooks()

    @api.get
    async def replaces(self, word: str):
        replace(word)
        await asyncio.sleep(0)
        return of_hooks()

    @api.get
    async def waits(self, word: str, gate: str):
        await wait(word, gate)
        return "waited"

    @api.get(timeout=LONGEST_SECONDS)
    async def waits_in_time(self, word: str, gate: str):
        await wait(word, gate)
        return "waited"

    @api.get(timeout=0.2)
    async def waits_too_long(self, word: str, gate: str):
        await wait(word, gate)
        return "waited"


async def wait(word, gate):
    tell(word, "begins")
    since = time.monotonic()
    try:
        while closed(gate, since):
            await asyncio.sleep(0.005)
    except asyncio.CancelledError:
        tell(word, "cancelled")
        raise
    tell(word, "ends")


class Around(api.Plugin):
    """A part before and after all others."""

    def process_request(self, asked):
        step("process_request", queried(asked, "word"))

    @in_mode
    def process_response(self, response):
        step("process_response", word_of(response))


@Around()
class PartsAPI(api.API):
    """Hooks and a plugin; on an asynchronous variant plain ones beside others."""

    @api.get
    @in_mode
    def parts(self, word: str):
        return step("parts", word)

    @api.get
    def plain(self, word: str):
        return step("plain", word)

    @api.get
    @in_mode
    def nothing(self, word: str):
        return {"found": nothing.get()}

    @api.get
    def nothing_plainly(self, word: str):
        return {"found": nothing.get()}

    @api.get
    @in_mode
    def handled(self, word: str):
        step("handled", word)
        raise KeyError(word)

    if ASYNCHRONOUS:

        @api.get
        async def waits(self, word: str, gate: str):
            await wait(word, gate)
            return "waited"

        @api.get
        async def waits_and_fails(self, word: str, gate: str):
            await wait(word, gate)
            raise RuntimeError(f"failed {word}")

    else:

        @api.get
        def waits(self, word: str, gate: str):
            return PlainAPI.waits(self, word, gate)

        @api.get
        def waits_and_fails(self, word: str, gate: str):
            PlainAPI.waits(self, word, gate)
            raise RuntimeError(f"failed {word}")

    @api.before("*")
    def before_1(self):
        nothing.set(None)
        step("before_1", word_of(self))

    @api.before("*")
    @in_mode
    def before_2(self):
        step("before_2", word_of(self))

    @api.after("*")
    def after_1(self, response):
        step("after_1", word_of(self))

    @api.after("*")
    @in_mode
    def after_2(self, response):
        step("after_2", word_of(self))

    @api.handle("*", KeyError)
    def takes(self, error):
        return step("takes", word_of(self))


class RootAPI(api.API):
    plain: PlainAPI
    parts: PartsAPI
    if ASYNCHRONOUS:
        awaited: AwaitedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def told(self, word: str):
        return {"told": told.get(word, [])}


service = UtilMeta(
    __name__,
    name="contexts",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)


@service.on_startup
def plain_hook():
    started.set(NONCE)
    emptied.set("")
    decimal.getcontext().prec = PRECISION


if ASYNCHRONOUS:

    @service.on_startup
    async def awaited_hook():
        await asyncio.sleep(0)
        awaited.set(started.get(None))


app = service.application()

if __name__ == "__main__":
    service.run()
