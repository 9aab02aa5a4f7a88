"""Subclasses that replace an endpoint of their base by another endpoint or by a mounted class."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class LeafAPI(api.API):
    @api.get
    @in_mode
    def leaf(self):
        return "leaf"


class BaseAPI(api.API):
    trace = ()

    @api.get
    @in_mode
    def endpoint(self):
        return {"trace": [*self.trace, "base endpoint"]}

    @api.get
    @in_mode
    def turned(self):
        return "endpoint"

    @api.before(endpoint)
    @in_mode
    def kept(self):
        self.trace = [*self.trace, "base hook"]

    @api.before(endpoint)
    @in_mode
    def overridden(self):
        self.trace = [*self.trace, "overridden hook"]


class DerivedAPI(BaseAPI):
    turned: LeafAPI

    @api.get
    @in_mode
    def endpoint(self):
        return {"trace": [*self.trace, "derived endpoint"]}

    @in_mode
    def overridden(self):
        self.trace = [*self.trace, "derived hook"]


class RootAPI(api.API):
    derived: DerivedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_overridden_endpoints",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
