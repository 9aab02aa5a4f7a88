"""The service that the checks of SECURITY attack, under `run()` and under every server in DEPLOY.

SCENARIO_MAX_BODY_SIZE, SCENARIO_HEADER_TIMEOUT, SCENARIO_ALLOWED_HOSTS (names with commas between them) and the like
are keywords of the service where they are set.
"""

from typing import Any, Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

reached = {"hook": 0, "endpoint": 0}


def names(text):
    return text.split(",")


class ReachedAPI(api.API):
    """Counts what its requests reach."""

    @api.before("*")
    @in_mode
    def count(self):
        reached["hook"] += 1

    @api.get
    @in_mode
    def get(self):
        reached["endpoint"] += 1
        return reached


class RootAPI(api.API):
    reached: ReachedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.get
    @in_mode
    def host(self):
        return {"host": self.request.host, "url": self.request.url}


service = UtilMeta(
    __name__,
    name="security",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, max_body_size=int, graceful_timeout=float, allowed_hosts=names),
    **given(max_header_fields=int, max_header_size=int),
    **given(header_timeout=float, body_timeout=float, keep_alive_timeout=float),
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
