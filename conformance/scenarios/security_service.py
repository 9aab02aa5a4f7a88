"""The service that the checks of SECURITY attack, under `run()` and under every server in DEPLOY.

SCENARIO_MAX_BODY_SIZE, SCENARIO_HEADER_TIMEOUT, SCENARIO_ALLOWED_HOSTS (names with commas between them) and the like
are keywords of the service where they are set. SCENARIO_SECRET is what no answer holds: a variable of the environment,
and on Django a setting beside Django's CommonMiddleware.
"""

from typing import Any, Dict

import security_log_filters  # noqa: F401 - before what it is for (SECURITY-2b)
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

reached = {"hook": 0, "endpoint": 0}
LINES = f"first {NONCE}\n\tsecond\u2028 {NONCE}"


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

    @api.get
    @in_mode
    def address(self):
        return {"address": str(self.request.ip_address)}

    @api.get("crash/{word}")
    @in_mode
    def crash(self, word: str):
        raise RuntimeError("of an endpoint")

    @api.get
    @in_mode
    def lines(self):
        raise RuntimeError(LINES)


def built(**timeouts):
    return UtilMeta(
        __name__,
        name="security_service",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
        **given(host=str, port=int, max_body_size=int, graceful_timeout=float, allowed_hosts=names),
        **given(max_header_fields=int, max_header_size=int),
        **timeouts,
    )


try:
    service = built(**given(header_timeout=float, body_timeout=float, keep_alive_timeout=float))
except TypeError:  # an implementation that does not have them yet can be judged by all but SECURITY-6a
    service = built()
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
