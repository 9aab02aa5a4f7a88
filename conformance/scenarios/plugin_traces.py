"""Traces of requests: words that hooks, plugins and endpoints add, in the order in which they run."""

from scenario import in_mode
from utilmeta.core import api
from utilmeta.utils.exceptions import PermissionDenied

FALSE = {"text": "", "zero": 0, "false": False, "list": [], "object": {}, "nothing": None}  # results, by their names

traces = {}  # that of the last request
seen = []  # what plugins were called with, since it was asked for


def trace_of(request):
    if request not in traces:
        traces.clear()
    return traces.setdefault(request, [])


def told(it, word):
    """Add a word to the trace of the request of an instance, or in a plugin of a response or an error; all of them."""
    trace = trace_of(it.request)
    trace.append(word)
    return trace


def last():
    """What ran around the last request, and what plugins have seen; both are forgotten."""
    found = {"trace": [*next(iter(traces.values()), [])], "seen": [*seen]}
    traces.clear()
    seen.clear()
    return found


def asked(it, word):
    """Whether the query of the request says so."""
    return word in it.request.query


class Watching(api.Plugin):
    """Notes the URLs of the requests that its functions are called with."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def process_request(self, request):
        seen.append([self.name + " request", str(request.url)])

    def process_response(self, response):
        seen.append([self.name + " response", str(response.request.url)])

    def handle_error(self, error):
        seen.append([self.name + " error", str(error.request.url)])


class Noting(api.Plugin):
    """Notes that it is asked; it has one function alone."""

    def process_request(self, request):
        seen.append(["noting request", ""])


class Tracing(api.Plugin):
    """Tells where it is; answers and raises as the query says."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    @in_mode
    def process_request(self, request):
        trace_of(request).append(self.name + " request")
        if self.name + "-answers" in request.query:
            return "answered by " + self.name
        if self.name + "-raises" in request.query:
            raise PermissionDenied(self.name)
        return None

    @in_mode
    def process_response(self, response):
        response.headers["X-Trace"] = ",".join(told(response, self.name + " response"))
        return "replaced by " + self.name if asked(response, self.name + "-replaces") else None

    @in_mode
    def handle_error(self, error):
        told(error, self.name + " error")
        return "handled by " + self.name if asked(error, self.name + "-handles") else None
