"""Plugins as the guides have them, plain functions that note what they are called with; /api/last tells it."""

from plugin_traces import Noting, Watching, asked, last
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.utils.exceptions import NotFound


class BelowAPI(api.API):
    @api.get
    @in_mode
    def end(self):
        return "end"


@Watching("class")
class WatchedAPI(api.API):
    """Mounted as `watched`: plugins, and what they are called with."""

    below: BelowAPI

    @Noting()
    @api.get
    @in_mode
    def end(self):
        if asked(self, "fails"):
            raise NotFound("because")
        return "end"


class RootAPI(api.API):
    watched: WatchedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def beside(self):
        return "beside"

    @api.get
    @in_mode
    def last(self):
        return last()


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_documented",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
