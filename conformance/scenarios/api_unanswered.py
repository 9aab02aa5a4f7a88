"""Paths and methods that nothing answers, below classes with handlers, hooks, plugins and templates.

SCENARIO_STRICT is whether the API answers below its root route alone, SCENARIO_ROOTED whether its root class has a
handler and a template; SCENARIO_NEEDY adds handlers with parameters. Requests come one after the other; /api/last gives
what ran around the last one.
"""

import os

from plugin_traces import FALSE, Watching, asked, last, told
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Preference
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import MethodNotAllowed, NotFound


def said(handler, error):
    return {"handler": handler, "type": error.type.__name__}


class MissingAPI(api.API):
    """Mounted as `missing`: of NotFound alone."""

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.handle("*", NotFound)
    @in_mode
    def missing(self, error):
        if asked(self, "false"):
            return FALSE[queried(self.request, "false")]
        return said("missing", error)


class MethodsAPI(api.API):
    """Mounted as `methods`: of MethodNotAllowed alone."""

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.put("{number}")
    @in_mode
    def numbered(self, number: int):
        return {"number": number}

    @api.handle("*", MethodNotAllowed)
    @in_mode
    def method(self, error):
        return said("method", error)


class InnerAPI(api.API):
    """Mounted as `inner` in what is below."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.word = queried(self.request, "word")

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.handle("*", NotFound)
    @in_mode
    def inner(self, error):
        if asked(self, "leave"):
            return None
        if asked(self, "replace"):
            raise KeyError("because")
        return {**said("inner", error), "word": self.word}


class AnyAPI(api.API):
    """Mounted as `any`: of every Exception."""

    inner: InnerAPI

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.handle("*", Exception)
    @in_mode
    def every(self, error):
        return said("every", error)


class BodyAPI(api.API):
    """Mounted as `body`: of every Exception, with an endpoint that takes a body."""

    @api.post
    @in_mode
    def known(self, size: int = request.BodyParam):
        return {"size": size}

    @api.handle("*", Exception)
    @in_mode
    def every(self, error):
        return said("every", error)


@Watching("class")
class RoundAPI(api.API):
    """Mounted as `round`: hooks, a plugin, and a handler that names an endpoint."""

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.before("*")
    @in_mode
    def before(self):
        told(self, "before")

    @api.after("*")
    @in_mode
    def after(self, response: Response):
        told(self, "after")

    @api.handle(known, Exception)
    @in_mode
    def naming(self, error):
        told(self, "naming")
        return "naming"


class TakingAPI(api.API):
    """Mounted as `taking`, where that is wanted: a handler with a parameter that has a default."""

    @api.get
    @in_mode
    def known(self):
        return "known"

    @api.handle("*", Exception)
    @in_mode
    def every(self, error, size: int = 0):
        return {**said("every", error), "size": size}


class NeedyAPI(api.API):
    """Mounted as `needy`, where that is wanted: its handlers take what a path that nothing answers need not have."""

    @api.post("{number}")
    @in_mode
    def posted(self, number: int):
        return {"number": number}

    @api.handle("*", NotFound)
    @in_mode
    def queried(self, error, size: int):
        return {"size": size}

    @api.handle("*", NotFound)
    @in_mode
    def placed(self, error, number: str = request.PathParam):
        return {"number": number}

    @api.handle("*", NotFound)
    @in_mode
    def sent(self, error, size: int = request.BodyParam("size", default=0)):
        return {"size": size}


class Wrapped(Response):
    result_key = "all_data"
    message_key = "all_note"


class Near(Response):
    result_key = "near_data"
    message_key = "near_note"


class NearAPI(api.API):
    """Mounted as `near`, and at `things/{number}`, in what is below."""

    response = Near

    @api.get("end/{word}")
    @in_mode
    def end(self, word: str):
        return word


class PlainAPI(api.API):
    """Mounted as `plain` in what is below."""

    @api.get
    @in_mode
    def known(self):
        return "known"


@api.route("things/{number}")
class ThingsAPI(NearAPI):
    number: int = request.PathParam


@api.route("coded/{code}")
class CodedAPI(api.API):
    """Mounted at `coded/{code}` in what is below."""

    response = Near
    code: str = request.PathParam(regex="[a-z]+")

    @api.get
    @in_mode
    def known(self):
        return self.code


class TemplatedAPI(api.API):
    """Mounted as `templated`."""

    response = Wrapped

    near: NearAPI
    plain: PlainAPI
    things: ThingsAPI
    coded: CodedAPI

    @api.get
    @in_mode
    def known(self):
        return "known"


class RootAPI(api.API):
    missing: MissingAPI
    methods: MethodsAPI
    any: AnyAPI
    round: RoundAPI
    body: BodyAPI
    templated: TemplatedAPI
    if os.environ.get("SCENARIO_NEEDY"):
        taking: TakingAPI
        needy: NeedyAPI

    @api.get
    @in_mode
    def nonce(self):
        return Response(NONCE)

    @api.get
    @in_mode
    def last(self):
        return last()


class RootedAPI(RootAPI):
    response = Wrapped

    @api.handle("*", NotFound)
    @in_mode
    def rooted(self, error):
        return None if asked(self, "leave") else Response(said("rooted", error))


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_unanswered",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootedAPI if os.environ.get("SCENARIO_ROOTED") else RootAPI,
        route="/api",
    )
)
if os.environ.get("SCENARIO_STRICT"):
    service.use(Preference(strict_root_route=True))

app = service.application()
