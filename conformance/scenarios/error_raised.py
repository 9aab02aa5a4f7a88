"""What a service's own code raises and is no Exception, wherever that code runs; and exceptions of odd classes.

`?at=...&what=...&word=...` says where something is raised, what, and with which text. Where it is not raised the answer
is the word.
"""

import asyncio
import builtins
import concurrent.futures
import functools
import gc
import signal
import sys
import threading
import time
import weakref
from dataclasses import dataclass

import pydantic
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.api import Error
from utilmeta.core.response import Response
from utilmeta.utils import exceptions


class Own(BaseException):
    """Of the user's, and no Exception."""


def leave(word):
    sys.exit(word)


def raising(kind):
    def fail(word):
        raise kind(word)

    return fail


RAISED = {
    "exit": leave,
    "exit-0": lambda word: sys.exit(0),
    "exit-none": lambda word: sys.exit(),
    "interrupt": raising(KeyboardInterrupt),
    "own": raising(Own),
    "generator-exit": raising(GeneratorExit),
    "cancelled": raising(asyncio.CancelledError),
    "future-cancelled": raising(concurrent.futures.CancelledError),
    "stop": raising(StopIteration),
    "stop-async": raising(StopAsyncIteration),
}


def sent(request, name):
    """A field of the query, `""` where there is none."""
    return request.query.get(name, [""])[0]


def fail_at(place, request):
    """Raise what the request asks for, if it asks for it here."""
    if sent(request, "at") == place:
        RAISED[sent(request, "what")](sent(request, "word"))


def in_mode(function):
    """On an asynchronous variant an `async def` that awaits something first."""
    if not ASYNCHRONOUS:
        return function

    @functools.wraps(function)
    async def awaited(*arguments, **named):
        await asyncio.sleep(0)
        return function(*arguments, **named)

    return awaited


class Checked(pydantic.BaseModel):
    """Whose validator raises."""

    text: str = ""

    @pydantic.field_validator("text")
    @classmethod
    def look(cls, text):
        what, _, word = text.partition(" ")
        if what in RAISED:
            RAISED[what](word)
        return text


@dataclass
class Made:
    """Whose __post_init__ raises."""

    text: str

    def __post_init__(self):
        what, _, word = self.text.partition(" ")
        if what in RAISED:
            RAISED[what](word)


class Endpoints(api.API):
    """Endpoints of each kind, with nothing around them."""

    @api.get
    @in_mode
    def awaited(self):
        fail_at("endpoint", self.request)
        return sent(self.request, "word")

    @api.get
    def plain(self):
        fail_at("endpoint", self.request)
        return sent(self.request, "word")

    @api.get(timeout=10)
    @in_mode
    def awaited_in_time(self):
        fail_at("endpoint", self.request)
        return sent(self.request, "word")

    @api.get(timeout=10)
    def plain_in_time(self):
        fail_at("endpoint", self.request)
        return sent(self.request, "word")


class LateAPI(api.API):
    """Mounted as `late`: a plain hook that takes longer than its endpoint may."""

    @api.before("*")
    def wait(self):
        time.sleep(0.03)

    @api.get(timeout=0.01)
    @in_mode
    def awaited(self):
        return "never"


class FailingLateAPI(api.API):
    """Mounted as `failing_late`: a plain endpoint that fails after its time has passed, if it is told to."""

    @api.get(timeout=0.05)
    def plain(self, seconds: float):
        time.sleep(seconds)
        fail_at("endpoint", self.request)
        return "in time"


ORIGIN = "https://one.example"


@api.CORS(allow_origin=ORIGIN)
class CrossedAPI(Endpoints):
    """Mounted as `crossed`."""


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


class TemplatedAPI(Endpoints):
    """Mounted as `templated`."""

    class response(Wrapped):
        pass


class Around(api.Plugin):
    @in_mode
    def process_request(self, request):
        fail_at("process_request", request)

    @in_mode
    def process_response(self, response):
        fail_at("process_response", response.request)

    @in_mode
    def handle_error(self, error):
        fail_at("handle_error", error.request)


class PlainlyAround(api.Plugin):
    def process_request(self, request):
        fail_at("plain process_request", request)

    def process_response(self, response):
        fail_at("plain process_response", response.request)


@PlainlyAround()
@Around()
class HookedAPI(Endpoints):
    """Mounted as `hooked`."""

    def __init__(self, request):
        super().__init__(request)
        fail_at("init", request)

    @api.before("*")
    @in_mode
    def first(self):
        fail_at("before", self.request)

    @api.before("*")
    def first_plainly(self):
        fail_at("plain before", self.request)

    @api.after("*")
    @in_mode
    def last(self, response: Response):
        fail_at("after", self.request)

    @api.after("*")
    def last_plainly(self, response: Response):
        fail_at("plain after", self.request)

    @api.handle("*", LookupError)
    @in_mode
    def handling(self, error: Error):
        fail_at("handler", self.request)

    @api.get
    @in_mode
    def lookup(self):
        raise LookupError


class SharedAPI(api.API):
    """Mounted as `shared`: a parameter of the class raises."""

    text: Checked = request.Query()

    @api.get
    @in_mode
    def read(self):
        return "never"


class HandledAPI(Endpoints):
    """Mounted as `handled`."""

    shared: Checked = request.Query()

    def __init__(self, request):
        super().__init__(request)
        fail_at("init", request)

    @api.before("*")
    @in_mode
    def first(self):
        fail_at("before", self.request)

    @api.before("*")
    def first_plainly(self):
        fail_at("plain before", self.request)

    @api.after("*")
    @in_mode
    def last(self, response: Response):
        fail_at("after", self.request)

    @api.after("*")
    def last_plainly(self, response: Response):
        fail_at("plain after", self.request)

    @api.handle("*", LookupError, RuntimeError)
    @in_mode
    def wrong(self, error: Error):
        return {"handler": "wrong"}

    @api.handle("*", SystemExit)
    @in_mode
    def exits(self, error: Error):
        return {"handler": "exits", "type": error.type.__name__, "status": error.status, "message": error.message}

    @api.handle("*")
    @in_mode
    def others(self, error: Error):
        return {"handler": "others", "type": error.type.__name__, "status": error.status, "message": error.message}


def failing_result(request):
    """Whose encoding raises."""

    class Failing(pydantic.BaseModel):
        @pydantic.computed_field
        @property
        def told(self) -> str:
            fail_at("result", request)
            return sent(request, "word")

    return Failing()


class ResultAPI(api.API):
    """Mounted as `results`: code of the user's that runs when a parameter is made, or a result is encoded."""

    @api.get
    @in_mode
    def encoded(self):
        return failing_result(self.request)

    @api.get
    def plain_encoded(self):
        return failing_result(self.request)

    @api.get
    @in_mode
    def model(self, text: Checked = request.Query()):
        return "never"

    @api.post
    def body(self, data: Made = request.Body):
        return "never"


# --- exceptions of odd classes ---


class Textless(Exception):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


class TextExits(Exception):
    def __str__(self):
        sys.exit("no text")

    __repr__ = __str__


class TextIsNone(Exception):
    def __str__(self):
        return None


class Closed(Exception):
    def __getattribute__(self, name):
        raise LookupError(name)


class Opaque(Exception):
    def __getattr__(self, name):
        raise LookupError(name)


class CauseFails(Exception):
    @property
    def __cause__(self):
        raise LookupError("cause")


class CauseExits(Exception):
    @property
    def __cause__(self):
        sys.exit("cause")


class CauseEndless(Exception):
    @property
    def __cause__(self):
        return CauseEndless()


class StatusFails(exceptions.HTTPError):
    @property
    def status(self):
        raise LookupError("status")


class StatusIsNone(exceptions.HTTPError):
    status = None


class StatusIsHuge(exceptions.HTTPError):
    status = 99999


class DetailFails(exceptions.NotFound):
    detail = property(lambda self: 1 / 0, lambda self, value: None)


class DetailExits(exceptions.NotFound):
    detail = property(lambda self: sys.exit("detail"), lambda self, value: None)


class DetailIsAnObject(exceptions.NotFound):
    detail = property(lambda self: object(), lambda self, value: None)


class HeadersFail(exceptions.NotFound):
    headers = property(lambda self: 1 / 0, lambda self, value: None)


class HeadersAreTexts(exceptions.NotFound):
    headers = property(lambda self: ["a", "b"], lambda self, value: None)


class HeadersBreakOut(exceptions.NotFound):
    headers = property(lambda self: {"X-A": "a\r\nb"}, lambda self, value: None)


class ErrorsAreObjects(exceptions.UnprocessableEntity):
    errors = property(lambda self: [object()], lambda self, value: None)


def its_own_cause(word):
    error = RuntimeError(word)
    error.__cause__ = error.__context__ = error
    return error


def long_line(word):
    error = first = RuntimeError(word)
    for _ in range(300):
        error.__cause__ = error = RuntimeError(word)
    return first


ODD = {
    kind.__name__: kind
    for kind in (
        Textless,
        TextExits,
        TextIsNone,
        Closed,
        Opaque,
        CauseFails,
        CauseExits,
        CauseEndless,
        StatusFails,
        StatusIsNone,
        StatusIsHuge,
        DetailFails,
        DetailExits,
        DetailIsAnObject,
        HeadersFail,
        HeadersAreTexts,
        HeadersBreakOut,
        ErrorsAreObjects,
        its_own_cause,
        long_line,
    )
}


class OddAPI(api.API):
    """Mounted as `odd`."""

    @api.get
    @in_mode
    def awaited(self):
        raise ODD[sent(self.request, "what")](sent(self.request, "word"))

    @api.get
    def plain(self):
        raise ODD[sent(self.request, "what")](sent(self.request, "word"))


class OddlyTemplatedAPI(OddAPI):
    """Mounted as `oddly_templated`."""

    class response(Wrapped):
        pass


# --- groups ---


Group = getattr(builtins, "ExceptionGroup", None)  # until Python 3.11 there is none


def grouped(name):
    """What a text stands for: `NotFound.word`, or a group `[Gone.word,[NotFound.word,ValueError.word]]`."""
    if not name.startswith("["):
        kind, _, word = name.partition(".")
        return getattr(exceptions, kind, ValueError)(word)
    depth, parts = 0, [""]
    for letter in name[1:-1]:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return Group("group", [grouped(part) for part in parts])


class GroupAPI(api.API):
    """Mounted as `groups`."""

    @api.get
    @in_mode
    def known(self):
        return {"known": Group is not None}

    @api.get
    @in_mode
    def raised(self, members: str):
        raise grouped(members)

    @api.get
    @in_mode
    def handled(self, members: str):
        raise grouped(members)

    @api.handle(handled, exceptions.Conflict)
    @in_mode
    def conflicts(self, error: Error):
        return {"type": error.type.__name__, "status": error.status, "message": error.message}

    if ASYNCHRONOUS and sys.version_info >= (3, 11):

        @api.get
        async def tasks(self, word: str):
            async def missing():
                raise exceptions.NotFound(word)

            async with asyncio.TaskGroup() as group:
                group.create_task(missing())
                await asyncio.sleep(10)


# --- kept exceptions ---

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


tasks = []


async def exit_later():
    sys.exit("later")


def of_a_signal(number, frame):
    sys.exit(7)


def leave():
    sys.exit(7)


class Stopping:
    def stop(self, number, frame, *, status=7):
        sys.exit(status)

    def __call__(self, *args):
        of_a_signal(*args)


SIGNAL_HANDLERS = {
    "function": of_a_signal,
    "of any arguments": lambda *args: sys.exit(7),
    "method": Stopping().stop,
    "object": Stopping(),
    "a function that it calls": lambda number, frame: leave(),
}


class RootAPI(api.API):
    bare: Endpoints
    late: LateAPI
    failing_late: FailingLateAPI
    crossed: CrossedAPI
    templated: TemplatedAPI
    hooked: HookedAPI
    shared: SharedAPI
    handled: HandledAPI
    results: ResultAPI
    odd: OddAPI
    oddly_templated: OddlyTemplatedAPI
    groups: GroupAPI
    kept: KeptAPI
    kept_and_handled: KeptAndHandledAPI
    kept_and_answered: KeptAndAnsweredAPI
    kept_and_sent: KeptAndSentAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def counts(self):
        """How many threads and tasks there are."""
        tasks = len(asyncio.all_tasks()) if ASYNCHRONOUS else 0
        return {"threads": threading.active_count(), "tasks": tasks}

    if ASYNCHRONOUS:

        @api.get
        async def own_task(self, word: str):
            """Awaits a task that it cancelled."""
            task = asyncio.ensure_future(asyncio.sleep(10))
            await asyncio.sleep(0)
            task.cancel(word)
            await task

        @api.get
        async def signalled(self, handler: str):
            """A handler of a signal exits while this runs."""
            signal.signal(signal.SIGUSR1, SIGNAL_HANDLERS[handler])
            signal.raise_signal(signal.SIGUSR1)
            return "went on"

        @api.get
        async def exit_beside(self, times: int):
            """Tasks that it starts exit, each."""
            tasks.extend(asyncio.ensure_future(exit_later()) for _ in range(times))
            await asyncio.sleep(0.01)
            return "begun"

        @api.get
        async def loop_stopped(self, times: int):
            for _ in range(times):
                asyncio.get_running_loop().stop()
                await asyncio.sleep(0)
            await asyncio.sleep(0.01)
            return "stopped"


service = with_a_key(
    UtilMeta(
        __name__,
        name="error_raised",
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
