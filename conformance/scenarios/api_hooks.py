"""Hooks and plugins in the forms that the guides show: an after hook without an argument or with a template as its
annotation, the stack of an error, plugins that take the API and keywords.

Requests come one after the other; /api/last gives what ran around the last one.
"""

import traceback
import types
from typing import Any

from plugin_traces import FALSE, asked, last, seen, told, trace_of
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils import Error
from utilmeta.utils.exceptions import PermissionDenied


class Listed(Response):
    result_key = "items"


class SelfAloneAPI(api.API):
    """Mounted as `self_alone`: after hooks without the Response."""

    @api.get
    @in_mode
    def plain(self, word: str):
        told(self, "plain")
        return {"word": word}

    @api.get
    @in_mode
    def built(self, word: str):
        told(self, "built")
        return Response({"word": word})

    @api.after("*")
    @in_mode
    def noted(self):
        told(self, "noted")
        return {"instead": queried(self.request, "instead")} if asked(self, "instead") else None


class AnnotatedAPI(api.API):
    """Mounted as `annotated`: an after hook says by its annotation what results are put into."""

    @api.get
    @in_mode
    def word(self, word: str):
        return word

    @api.get
    @in_mode
    def false(self, kind: str):
        return FALSE[kind]

    @api.get
    @in_mode
    def beside(self, word: str):
        return {"beside": word}

    @api.after(word, false)
    @in_mode
    def listed(self, response: Response) -> Listed:
        pass


def failing_deep_within(word):
    raise KeyError(word)


def text_of(stack):
    """The text of a stack: of a text, a traceback, a StackSummary or another list."""
    if isinstance(stack, types.TracebackType):
        stack = traceback.format_tb(stack)
    return stack if isinstance(stack, str) else "".join(map(str, stack))


class PlainFailedAPI(api.API):
    """Mounted as `failed/plain`: the handler is a plain function in any mode."""

    @api.get
    @in_mode
    def stack(self, word: str):
        failing_deep_within(word)

    @api.handle("*", KeyError)
    def told_of(self, error: Any):
        return {"stack": text_of(error.traceback)}


class FailedAPI(api.API):
    """Mounted as `failed`: handlers tell the stack of an error, and whether it is an Error."""

    plain: PlainFailedAPI

    @api.get
    @in_mode
    def stack(self, word: str):
        failing_deep_within(word)

    @api.get
    @in_mode
    def refused(self, word: str):
        raise PermissionDenied(word)

    @api.handle("*", KeyError, PermissionDenied)
    @in_mode
    def told_of(self, error: Any):
        return {"stack": text_of(error.traceback)}


class TypedAPI(api.API):
    """Mounted as `typed`: the class of a handler's argument."""

    @api.get
    @in_mode
    def failing(self, word: str):
        raise KeyError(word)

    @api.handle("*", KeyError)
    @in_mode
    def told_of(self, error: Error):
        return {"error": isinstance(error, Error), "type": error.type.__name__}


class Knowing(api.Plugin):
    """Notes the class and the request's URL of the API that each of its functions takes."""

    def process_request(self, request, api):
        seen.append(["request", type(api).__name__, str(api.request.url)])

    def process_response(self, response, api):
        seen.append(["response", type(api).__name__, str(api.request.url)])

    def handle_error(self, error, api):
        seen.append(["error", type(api).__name__, str(api.request.url)])


def noted(request, name, instance):
    """Add to the trace what a plugin was given as the API."""
    told_of = [type(instance).__name__, getattr(instance, "word", None), getattr(instance, "request", None) is request]
    trace_of(request).append([name, *told_of])


class NotingInstance(api.Plugin):
    """Notes whether the API that each of its functions takes was made for this request, by `__init__`."""

    @in_mode
    def process_request(self, request, api):
        noted(request, "request", api)

    @in_mode
    def process_response(self, response, api):
        noted(response.request, "response", api)

    @in_mode
    def handle_error(self, error, api):
        noted(error.request, "error", api)


class Marking(api.Plugin):
    """Sets on the API what its endpoint tells."""

    @in_mode
    def process_request(self, request, *, api=None):
        trace_of(request).append("marking")
        api.mark = queried(request, "word")


class Named(api.API):
    """What `__init__` sets is the word of the request."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.word = queried(self.request, "word")
        if asked(self, "refused"):
            raise PermissionDenied("refused")


class BelowAPI(Named):
    @api.get
    @in_mode
    def below(self):
        return "below"


@NotingInstance()
class MadeAPI(Named):
    """Mounted as `made`."""

    below: BelowAPI

    @api.get
    @in_mode
    def made(self):
        if asked(self, "fails"):
            raise KeyError("because")
        return "made"


@Knowing()
class KnownAPI(api.API):
    """Mounted as `known`."""

    @api.get
    @in_mode
    def known(self):
        if asked(self, "fails"):
            raise KeyError("because")
        return "known"


class KnownEndpointAPI(api.API):
    """Mounted as `known_endpoint`."""

    @Knowing()
    @api.get
    @in_mode
    def known(self):
        return "known"


class MarkedAPI(Named):
    """Mounted as `marked`."""

    mark = None

    @Marking()
    @api.get
    @in_mode
    def marked(self):
        told(self, "marked")
        return {"mark": self.mark}

    @NotingInstance()
    @api.get
    @in_mode
    def told(self):
        return "told"


class Keyed(api.Plugin):
    """Hands its keywords on."""

    def __init__(self, word, **kwargs):
        super().__init__(**kwargs)
        self.word = word


class KeyedAPI(api.API):
    """Mounted as `keyed`."""

    @api.get
    @in_mode
    def keyed(self, word: str):
        return {"word": Keyed(word, size=0, more="").word}


class RootAPI(api.API):
    self_alone: SelfAloneAPI
    annotated: AnnotatedAPI
    failed: FailedAPI
    typed: TypedAPI
    known: KnownAPI
    known_endpoint: KnownEndpointAPI
    made: MadeAPI
    marked: MarkedAPI
    keyed: KeyedAPI

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
        name="api_hooks",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
