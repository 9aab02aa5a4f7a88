"""APIs whose endpoints, hooks, plugins, parameters and results raise what is no Exception, or one that is, where a
request says so.

`?at=...&what=...&word=...` says where it is raised, what (RAISED), and with which text. A request that asks for nothing
there is answered with the word.
"""

import asyncio
import concurrent.futures
import functools
import sys
import time
from dataclasses import dataclass

import pydantic
from scenario import ASYNCHRONOUS, queried
from utilmeta.core import api, request
from utilmeta.core.api import Error
from utilmeta.core.response import Response


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
    "value-error": raising(ValueError),
    "generator-exit": raising(GeneratorExit),
    "cancelled": raising(asyncio.CancelledError),
    "future-cancelled": raising(concurrent.futures.CancelledError),
    "stop": raising(StopIteration),
    "stop-async": raising(StopAsyncIteration),
}


def fail_at(place, request):
    """Raise what the request asks for, if it asks for it here."""
    if queried(request, "at") == place:
        RAISED[queried(request, "what")](queried(request, "word"))


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
        return queried(self.request, "word")

    @api.get
    def plain(self):
        fail_at("endpoint", self.request)
        return queried(self.request, "word")

    @api.get(timeout=10)
    @in_mode
    def awaited_in_time(self):
        fail_at("endpoint", self.request)
        return queried(self.request, "word")

    @api.get(timeout=10)
    def plain_in_time(self):
        fail_at("endpoint", self.request)
        return queried(self.request, "word")


class LateAPI(api.API):
    """Mounted as `late`: a plain hook that takes longer than its endpoint may."""

    @api.before("*")
    def wait(self):
        time.sleep(0.05)

    @api.get(timeout=0.01)
    @in_mode
    def awaited(self):
        return "never"


class FailingLateAPI(api.API):
    """Mounted as `failing_late`: a plain endpoint that fails after its time has passed, if it is told to."""

    @api.get(timeout=0.2)
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
            return queried(request, "word")

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
