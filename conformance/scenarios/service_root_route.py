"""An API at the root route SCENARIO_ROUTE, with SCENARIO_STRICT_ROOT_ROUTE as preference; unset, neither is given.

It has an endpoint at `ary` and, with SCENARIO_INNER, an API at `api` of its own, which tell where the root route ends.
"""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class InnerAPI(api.API):
    @api.get
    @in_mode
    def user(self):
        return "inner user"


class RootAPI(api.API):
    if "SCENARIO_INNER" in os.environ:
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
