"""Clients with hooks: `process_request`, `process_response` and `handle_error`, and hooks of single functions."""

from client_calls import calling, journal, settings
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


class Broken(Exception):
    """What a hook raises."""


class Number(response.Response):
    result: int


def processing():
    class Processing(Client):
        @api.get("shown")
        def shown(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        def process_request(self, request):
            request.headers["X-Signed"] = settings["word"]

    return Processing


def turning():
    class Turning(Client):
        @api.get("shown")
        def shown(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        def process_request(self, request):
            if settings["path"] in request.url:
                request.url = settings["other"]
                request.headers["X-Own"] = settings["word"]

    return Turning


def answering():
    class Answering(Client):
        @api.get("shown")
        def shown(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        def process_request(self, request):
            if settings["word"] in str(request.url):
                return response.Response({"word": settings["word"], "n": 0}, status=202)

        @api.get("{word}")
        def worded(self, word: str) -> response.Response:
            pass

    return Answering


def changing():
    class Changing(Client):
        @api.get("shown")
        def shown(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        def process_response(self, response):
            response.result = [settings["word"], 0, None]

    return Changing


def again():
    class Again(Client):
        @api.get("guarded")
        def guarded(self) -> response.Response:
            pass

        def process_response(self, response):
            if response.status == 401:
                request = response.request
                request.headers["X-Token"] = settings["word"]
                return request

    return Again


def mending():
    class Mending(Client):
        @api.get("fault")
        def typed(self, how: str) -> Number:
            pass

        def handle_error(self, error):
            journal.append("handle_error")
            if journal == ["handle_error"] and settings["how"] == "request":
                again = error.request
                again.headers["X-Again"] = settings["word"]
                return again
            if settings["how"] == "response":
                return response.Response(settings["word"], status=203)
            if settings["how"] == "values":
                return settings["values"].pop(0)
            if settings["how"] == "twice":
                return error.request

        @api.get("fault")
        def watched(self, how: str) -> Number:
            pass

        @api.handle(watched)
        def sees(self, error):
            journal.append("handle")

    return Mending


def around():
    class Around(Client):
        @api.get("one")
        def one(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        @api.get("two")
        def two(self, n: int = request.QueryParam(default=0)) -> response.Response:
            pass

        @api.get("three")
        def three(self) -> Number:
            pass

        @api.before(one)
        def signs(self, request):
            journal.append("before")
            request.headers["X-Signed"] = settings["word"]

        @api.after(one)
        def notes(self, response):
            journal.append(["after", response.status])

        @api.get("one")
        def four(self) -> Number:
            pass

        @api.after(four)
        def replaces(self, response):
            return settings["values"].pop(0)

        @api.get("one")
        def five(self) -> Number:
            pass

        @api.after(five)
        def makes(self, given):
            return response.Response([given.result, settings["word"]], status=202)

        @api.handle(three)
        def handles(self, error):
            journal.append("handle")

    return Around


def ordered():
    """One of all hooks, of which in each call another raises: the next in `raises` of the settings."""

    def at(place):
        journal.append(place)
        if settings["raises"][:1] == [place]:
            raise Broken(settings["word"])

    class Ordered(Client):
        @api.get("one")
        def one(self) -> Number:
            pass

        @api.before(one)
        def first(self, request):
            at("before")

        def process_request(self, request):
            at("process_request")

        def process_response(self, response):
            at("process_response")

        @api.after(one)
        def last(self, response):
            at("after")

        @api.handle(one)
        def handled(self, error):
            del settings["raises"][:1]
            exception = getattr(error, "exception", None) or error
            journal.append(["handle", type(exception).__name__, settings["word"] in str(exception)])

    return Ordered


called = calling(processing, turning, answering, changing, again, mending, around, ordered)
