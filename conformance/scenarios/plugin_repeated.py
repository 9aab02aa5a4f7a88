"""APIs that one request after the other asks for the same: of an object that the service keeps, and of instances."""

import asyncio
import time

from plugin_traces import Watching, seen
from scenario import ASYNCHRONOUS, in_mode, queried
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound

LONGEST_SECONDS = 5
KEPT = {name: Response(name) for name in ("endpoint", "before", "after", "handler", "plugin")}
NOT_FOUND = NotFound("because")
arrived = {}  # how many requests have come to a meeting, by its name


def awaits(meeting, since):
    """Whether two are to meet there and one has not come yet."""
    return meeting and arrived[meeting] < 2 and time.monotonic() < since + LONGEST_SECONDS


class Meeting(api.Plugin):
    """Has the responses of two requests meet, if they are to; it is the first to see them."""

    if ASYNCHRONOUS:

        async def process_response(self, response):
            meeting, since = self.enter(response), time.monotonic()
            while awaits(meeting, since):
                await asyncio.sleep(0.005)

    else:

        def process_response(self, response):
            meeting, since = self.enter(response), time.monotonic()
            while awaits(meeting, since):
                time.sleep(0.005)

    def enter(self, response):
        meeting = queried(response.request, "meeting")
        arrived[meeting] = arrived.get(meeting, 0) + 1
        return meeting


class Answering(api.Plugin):
    """Answers by itself, if it is asked to."""

    @in_mode
    def process_request(self, request):
        return KEPT["plugin"] if queried(request, "by") == "plugin" else None


class Caching(api.Plugin):
    """Keeps the last response that it has seen, and answers by it, if it is asked to."""

    kept = None

    @in_mode
    def process_request(self, request):
        return self.kept if queried(request, "by") == "cache" else None

    @in_mode
    def process_response(self, response):
        self.kept = response


@Watching("class")
@Meeting()
@Answering()
@Caching()
class SameAPI(api.API):
    """Mounted as `same`: one Response object or exception for all requests; `by` is who gives it."""

    @api.get
    @in_mode
    def alone(self):
        return KEPT["endpoint"]

    @api.get
    @in_mode
    def fails(self):
        raise NOT_FOUND

    @api.get
    @in_mode
    def hooked(self):
        if queried(self.request, "by") == "handler":
            raise KeyError("because")
        return KEPT["endpoint"]

    @api.before(hooked)
    @in_mode
    def earlier(self):
        return KEPT["before"] if queried(self.request, "by") == "before" else None

    @api.after(hooked)
    @in_mode
    def later(self, response: Response):
        return KEPT["after"] if queried(self.request, "by") == "after" else None

    @api.handle(hooked, KeyError)
    @in_mode
    def failed(self, error):
        return KEPT["handler"]


def meet(it, name):
    """Note what this instance has met and its request's word; from now on it has met that word."""
    word = queried(it.request, "word")
    seen.append([name, vars(it).get("met"), word])
    it.met = word


class InnerAPI(api.API):
    """Whose `__init__` fails if it is told to."""

    def __init__(self, request):
        super().__init__(request)
        if queried(request, "fails"):
            raise KeyError("because")

    @api.get
    @in_mode
    def endpoint(self):
        meet(self, "endpoint")
        return "endpoint"

    @api.before(endpoint)
    @in_mode
    def earlier(self):
        meet(self, "inner before")

    @api.handle(endpoint, KeyError)
    @in_mode
    def failed(self, error):
        meet(self, "inner handle")


class FreshAPI(api.API):
    """Mounted as `fresh`: hooks that note what their instances have met, of a class without an `__init__`."""

    inner: InnerAPI

    @api.before("*")
    @in_mode
    def earlier(self):
        meet(self, "outer before")

    @api.after("*")
    @in_mode
    def later(self, response: Response):
        meet(self, "outer after")

    @api.handle("*", KeyError)
    @in_mode
    def failed(self, error):
        meet(self, "outer handle")
        return "handled"
