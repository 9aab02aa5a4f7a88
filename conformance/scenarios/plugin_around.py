"""Plugins around each other and around what answers again, and what they keep of a request.

/api/last gives what ran around the last request. Requests come one after the other.
"""

from plugin_inherited import InheritedAPI
from plugin_repeated import SameAPI
from plugin_traces import Tracing, asked, last, told
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.utils.exceptions import NotFound


@Tracing("class")
class PluggedAPI(api.API):
    @Tracing("endpoint")
    @api.get
    @in_mode
    def end(self):
        told(self, "end")
        if asked(self, "fails"):
            raise NotFound("because")
        return "end"

    @api.get
    @in_mode
    def beside(self):
        return "beside"

    @api.handle(end, NotFound)
    @in_mode
    def missing(self, error):
        return "handled by hook" if asked(self, "hook-handles") else None


@Tracing("outer")
class PluginsAPI(api.API):
    """Mounted as `plugins`: plugins of two classes and of an endpoint."""

    inner: PluggedAPI


class Keeping(api.Plugin):
    """Keeps what has passed in the request's own context."""

    @in_mode
    def process_request(self, request):
        request.context.setdefault("kept", []).append("plugin")


@Keeping()
class KeptAPI(api.API):
    """Mounted as `kept`."""

    @api.get
    @in_mode
    def kept(self):
        return {"kept": [*self.request.context["kept"], "endpoint"]}


class RootAPI(api.API):
    plugins: PluginsAPI
    kept: KeptAPI
    same: SameAPI
    inherited: InheritedAPI

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
        name="plugin_around",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
