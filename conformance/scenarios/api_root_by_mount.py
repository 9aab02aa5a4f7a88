"""A root API that is mounted at `/api`, in the way that SCENARIO_BY names; preference and root route are optional."""

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


root = {"api and class": {"api": RootAPI, "route": "/api"}, "api and reference": {"api": RootAPI, "route": "/api"}}
service = with_a_key(
    UtilMeta(
        __name__,
        **{
            "name": "api_root_by_mount",
            "backend": BACKEND,
            "asynchronous": ASYNCHRONOUS,
            "production": PRODUCTION,
            **root.get(BY, {}),
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


if "class" in BY:
    service.mount(RootAPI, route="/api")
if "reference" in BY:
    service.mount("api_root_by_mount.RootAPI", route="/api")

app = service.application()
