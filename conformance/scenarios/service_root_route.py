"""An API at the root route SCENARIO_ROUTE, with SCENARIO_STRICT_ROOT_ROUTE as preference; unset, neither is given.

It is made to tell where the root route ends: it has an API at `api` of its own, and an endpoint at `ary`.
"""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class InnerAPI(api.API):
    @api.get
    @in_mode
    def user(self):
        return "inner user"


class RootAPI(api.API):
    api: InnerAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def user(self):
        return "user"

    @api.get
    @in_mode
    def ary(self):
        return "ary"


service = UtilMeta(
    __name__,
    name="service_root_route",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    **given(route=str),
)
preference = given(strict_root_route=flag)
if preference:
    from utilmeta.conf import Preference

    service.use(Preference(**preference))

app = service.application()
