"""A service with `Time(use_tz=False)` in a Django project, whose settings have USE_TZ and another zone."""

import datetime

import django
from django.conf import settings

TIME_ZONE = "America/Lima"
settings.configure(
    USE_TZ=True,
    TIME_ZONE=TIME_ZONE,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="key of the project",
    DEBUG=False,
)
django.setup()

from scenario import ASYNCHRONOUS, NONCE, in_mode  # noqa: E402
from utilmeta import UtilMeta  # noqa: E402
from utilmeta.conf import Time  # noqa: E402
from utilmeta.core import api  # noqa: E402


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def project(self):
        return {"USE_TZ": settings.USE_TZ, "TIME_ZONE": settings.TIME_ZONE}

    @api.get("moment/{year}")
    @in_mode
    def moment(self, year: int):
        return {"at": datetime.datetime(year, 1, 2, 3, 4, 5)}


service = UtilMeta(
    __name__,
    name="config_time_of_project",
    backend=django,
    asynchronous=ASYNCHRONOUS,
    production=True,
    api=RootAPI,
)
service.use(Time(use_tz=False, datetime_format="%d.%m.%Y %H-%M-%S"))
urlpatterns = [service.adapt("/api")]
if ASYNCHRONOUS:
    from django.core.handlers.asgi import ASGIHandler as Handler
else:
    from django.core.handlers.wsgi import WSGIHandler as Handler
app = Handler()
