"""A service that `adapt("/clock")` puts into the application that is its backend, or among the routes of one.

Applications are made in backend_injected_applications.py. SCENARIO_ROUTE is the service's root route, `/` unless given.
With SCENARIO_MODULE the backend is the module of Tornado, too, as it is of Django.
"""

import datetime
import importlib
import os

import backend_injected_applications as native_applications
from scenario import ASYNCHRONOUS, BACKEND, NONCE, given, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("day/{year}")
    @in_mode
    def day(self, year: int):
        return {"day": datetime.date(year, 12, 24)}


def made(backend):
    service = UtilMeta(
        __name__,
        name="migration_adapted",
        backend=backend,
        asynchronous=ASYNCHRONOUS,
        production=True,
        api=RootAPI,
        **given(route=str),
    )
    service.use(Time(date_format="%d.%m.%Y"))
    return service


def put():
    """The service and the application."""
    if BACKEND == "tornado" and "SCENARIO_MODULE" in os.environ:
        service = made(importlib.import_module(BACKEND))
        return service, native_applications.tornado_application(service.adapt("/clock"))[0]
    application = native_applications.made(native_applications.__name__)[0]
    service = made(importlib.import_module(BACKEND) if BACKEND == "django" else application)
    adapted = service.adapt("/clock")
    if BACKEND == "django":
        native_applications.urlpatterns.append(adapted)
    return service, application


def again():
    """Whether `application()` is the application that it was put into."""
    service, application = put()
    return service.application() is application


def of_a_module():
    made(importlib.import_module(BACKEND)).adapt("/clock")


def two_routes():
    made(importlib.import_module(BACKEND)).adapt("/clock", "/other")


if "SCENARIO_SERVED" in os.environ:
    service, app = put()
    if "SCENARIO_AGAIN" in os.environ:
        app = service.application()
