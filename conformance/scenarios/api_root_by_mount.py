"""A root API at `/api`, given or mounted in the way that SCENARIO_BY names; preference and root route are optional.

Given as `api` and mounted, by class or reference, it is mounted at the root route, or "below" it at `/api` once more.
"""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

BY = os.environ.get("SCENARIO_BY", "class")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def user(self, word: str):
        return {"user": word}


root = {"api": RootAPI, "route": "/api"} if "api" in BY else {}
service = with_a_key(
    UtilMeta(
        __name__,
        **{
            "name": "api_root_by_mount",
            "backend": BACKEND,
            "asynchronous": ASYNCHRONOUS,
            "production": PRODUCTION,
            **root,
            **given(route=str),
        },
    )
)
preference = given(strict_root_route=flag)
if preference:
    from utilmeta.conf import Preference

    service.use(Preference(**preference))

if BY == "decorator":

    @service.mount(route="/api")
    class DecoratedAPI(RootAPI):
        pass


ROUTE = {} if "api" in BY and "below" not in BY else {"route": "/api"}
if "class" in BY:
    service.mount(RootAPI, **ROUTE)
if "reference" in BY:
    service.mount("api_root_by_mount.RootAPI", **ROUTE)

app = service.application()
