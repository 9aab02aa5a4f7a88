"""API classes that are mounted, inherited and composed; parameters and `__init__` of classes; options of endpoints."""

import asyncio
import datetime
import threading
from collections import defaultdict
from typing import Annotated

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response

TIMEOUT = 0.2  # seconds
TOO_LONG = 5
MARKS = []
RELEASED = defaultdict(threading.Event)


class LeafAPI(api.API):
    @api.get
    @in_mode
    def leaf(self):
        return {"leaf": NONCE}


@api.route("first-class")
class FirstNamedAPI(LeafAPI):
    pass


@api.route("second-class")
class SecondNamedAPI(LeafAPI):
    pass


class RoutedAPI(api.API):
    """Mounts with routes of their own, which win over those of the classes."""

    by_value: FirstNamedAPI = api.route("by-value")
    by_annotation: Annotated[SecondNamedAPI, api.route("by-annotation")]
    by_name: LeafAPI


class DescribedRoutesAPI(api.API):
    """Mounted as `described_routes`: routes of mounts with options."""

    by_value: LeafAPI = api.route("short-value", summary="long", deprecated=True, private=False)
    by_annotation: Annotated[LeafAPI, api.route("short-annotation", summary="other", deprecated=True, private=False)]


class BaseAPI(api.API):
    """What others inherit from."""

    leaf: LeafAPI
    lost: LeafAPI
    word: str = request.QueryParam(default="none")
    given: str = request.QueryParam()
    marked: Annotated[str, request.QueryParam()]
    defaulted: Annotated[int, request.QueryParam(ge=1)] = 10

    def shared(self):
        return {name: getattr(self, name) for name in ("word", "given", "marked", "defaulted")}

    @api.get
    @in_mode
    def gone(self):
        return "gone"

    @api.get
    @in_mode
    def kept(self):
        return self.shared()

    @api.get("renamed/{part}")
    @in_mode
    def replaced(self, part: str):
        return {"base": part}

    @api.get
    @in_mode
    def moved(self):
        return "base"


class OtherBaseAPI(api.API):
    @api.get
    @in_mode
    def other(self):
        return "other"


class InheritedAPI(BaseAPI, OtherBaseAPI):
    gone = None
    lost = None
    given = None
    marked = None
    defaulted = None

    @in_mode
    def replaced(self, part: str):
        return {"own": part}

    @api.post
    @in_mode
    def moved(self):
        return "own"


class HeirAPI(InheritedAPI):
    """Mounted as `heir`: its base has taken away what it has not."""


class AnewAPI(InheritedAPI):
    """Mounted as `anew`: it declares again what its base has taken away."""

    given: str = request.QueryParam()
    marked: Annotated[str, request.QueryParam()] = "anew"
    defaulted: Annotated[int, request.QueryParam(le=9)]


class PreparedAPI(api.API):
    token: str = request.HeaderParam("X-Token")
    limit: int = request.QueryParam(default=10, ge=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepared = self.token.upper()
        self.times = getattr(self, "times", 0) + 1

    @api.get
    @in_mode
    def shown(self, number: int):
        return {"prepared": self.prepared, "limit": self.limit, "number": number, "times": self.times}

    @api.get
    @in_mode
    def marked(self, number: int):
        return number

    @api.after(marked)
    def mark(self, response: Response):
        response.headers["X-Prepared"] = self.prepared

    def told(self, *words):
        return [self.token, self.limit, *words]


class BeforeSharedAPI(api.API):
    """A hook that has the shared parameters before the endpoint."""

    token: str = request.HeaderParam("X-Token")
    limit: int = request.QueryParam(default=10, ge=1)

    @api.get
    @in_mode
    def shown(self, number: int):
        return {"limit": self.limit, "number": number}

    @api.before("*")
    @in_mode
    def first(self):
        self.request.context["token"] = self.token


class Reader(api.Plugin):
    def process_request(self, request, api):
        request.context["token"] = api.token


@Reader()
class PluginSharedAPI(api.API):
    """A plugin that has the shared parameters before the endpoint."""

    token: str = request.HeaderParam("X-Token")
    limit: int = request.QueryParam(default=10, ge=1)

    @api.get
    @in_mode
    def shown(self, number: int):
        return {"limit": self.limit, "number": number}


class NotedAPI(api.API):
    limit: Annotated[int, request.QueryParam(ge=1)] = 10

    @api.get
    @in_mode
    def noted(self):
        return {"limit": self.limit}


class CallingAPI(api.API):
    prepared: PreparedAPI

    @api.get("calls/{word}")
    @in_mode
    def calls(self, word: str):
        return self.prepared.told(word)

    @api.get("makes/{word}")
    @in_mode
    def makes(self, word: str):
        return PreparedAPI(self.request).told(word)

    @api.get
    @in_mode
    def once(self):
        return self.prepared is self.prepared


class AwaitingAPI(api.API):
    calling: CallingAPI

    if ASYNCHRONOUS:

        @api.get
        async def awaited(self, word: str):
            return await self.calling.calls(word)

    else:

        @api.get
        def awaited(self, word: str):
            return self.calling.calls(word)


class TimedAPI(api.API):
    """Endpoints with a time-out; what came of them is in `marks`."""

    @api.get(timeout=TIMEOUT)
    def plain(self, mark: str, waits: bool = False):
        if waits:
            RELEASED[mark].wait(TOO_LONG)
        MARKS.append(mark)
        return mark

    @api.post
    @in_mode
    def release(self, mark: str):
        RELEASED[mark].set()

    if ASYNCHRONOUS:

        @api.get(timeout=datetime.timedelta(seconds=TIMEOUT))
        async def awaited(self, mark: str):
            try:
                await asyncio.sleep(TOO_LONG)
            except asyncio.CancelledError:
                MARKS.append(f"{mark} cancelled")
                raise
            return mark

    @api.get
    @in_mode
    def marks(self):
        return list(MARKS)


class DescribedAPI(api.API):
    @api.get(
        summary="short",
        description="long",
        deprecated=True,
        idempotent=True,
        tags=["one", "two"],
        extension={"x-more": 1},
        timeout=30,
    )
    @in_mode
    def public(self, word: str):
        return word

    @api.get
    @in_mode
    def plain(self, word: str):
        return word


class RootAPI(api.API):
    routed: RoutedAPI
    described_routes: DescribedRoutesAPI
    described: DescribedAPI
    inherited: InheritedAPI
    heir: HeirAPI
    anew: AnewAPI
    prepared: PreparedAPI
    before: BeforeSharedAPI
    plugin: PluginSharedAPI
    noted: NotedAPI
    calling: CallingAPI
    awaiting: AwaitingAPI
    timed: TimedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="api_classes",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

if NONCE:
    app = service.application()
