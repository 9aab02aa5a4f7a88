"""The service that the checks of SECURITY attack, under `run()` and under every server in DEPLOY.

SCENARIO_MAX_BODY_SIZE and SCENARIO_GRACEFUL_TIMEOUT are keywords of the service where they are set. SCENARIO_SECRET is
what no answer holds: a variable of the environment, and on Django a setting beside Django's CommonMiddleware.
"""

import os
from typing import Any, Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.get("crash/{word}")
    @in_mode
    def crash(self, word: str):
        raise RuntimeError("of an endpoint")


service = UtilMeta(
    __name__,
    name="security",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, max_body_size=int, graceful_timeout=float),
)
if BACKEND == "django" and "SCENARIO_SECRET" in os.environ:
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(
        DjangoSettings(
            secret_key=NONCE,
            middleware=["django.middleware.common.CommonMiddleware"],
            extra={"OWN_ADDRESS": os.environ["SCENARIO_SECRET"]},
        )
    )
else:
    with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
