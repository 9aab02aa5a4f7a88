"""The service that the checks of SECURITY attack, under `run()` and under every server in DEPLOY.

SCENARIO_MAX_BODY_SIZE, SCENARIO_HEADER_TIMEOUT and the like are keywords of the service where they are set.
"""

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


service = UtilMeta(
    __name__,
    name="security",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, max_body_size=int, graceful_timeout=float),
    **given(max_header_fields=int, max_header_size=int),
    **given(header_timeout=float, body_timeout=float, keep_alive_timeout=float),
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
