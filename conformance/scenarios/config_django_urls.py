"""A service on Django whose own URLs, the patterns of this module, are served beside the API."""

from django.http import HttpResponse
from django.urls import path
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.server.backends.django import DjangoSettings


def page(request, word):
    return HttpResponse(f"page {word} of {NONCE}")


urlpatterns = [path("pages/<str:word>", page)]


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
service.use(DjangoSettings(secret_key=NONCE, root_urlconf=__name__))
app = service.application()
