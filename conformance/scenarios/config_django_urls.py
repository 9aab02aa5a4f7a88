"""A service on Django whose own URLs (config_django_urlconf.py) are served beside the API."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.server.backends.django import DjangoSettings


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="config_django_urls",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(secret_key=NONCE, root_urlconf="config_django_urlconf"))
app = service.application()
