"""A service that trusts X-Forwarded-Host, by Django's setting.

SCENARIO_ALLOWED_HOSTS are names with commas between them.
"""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.server.backends.django import DjangoSettings


def names(text):
    return text.split(",")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="security-forwarded",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(allowed_hosts=names),
)
service.use(DjangoSettings(secret_key=NONCE, extra={"USE_X_FORWARDED_HOST": True}))

app = service.application()
