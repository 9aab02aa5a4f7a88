"""A service that is given Django's ASGI application as backend, and is not told its mode."""

import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from scenario import NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.core import api

urlpatterns = []  # of the project


class RootAPI(api.API):
    @api.get
    async def nonce(self):
        return NONCE


def made():
    settings.configure(DEBUG=not PRODUCTION, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="migration")
    django.setup()
    return UtilMeta(
        __name__,
        name="migration_asgi_application",
        backend=get_asgi_application(),
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )


def taken():
    """Whether it is taken."""
    return made() is not None


if "SCENARIO_SERVED" in os.environ:
    app = made().application()
