"""Which address a request comes from. SCENARIO_TRUSTED_PROXIES are addresses and networks with commas between them."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


def listed(text):
    return text.split(",")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def address(self):
        address = self.request.ip_address
        return {"address": str(address), "class": f"{type(address).__module__}.{type(address).__name__}"}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_address",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
        **given(trusted_proxies=listed),
    )
)

app = service.application()
