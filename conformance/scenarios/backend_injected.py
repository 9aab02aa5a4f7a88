"""A service that is given an application of the framework, with middleware, routes and pages of its own, as backend.

Applications are made in backend_injected_applications.py. SCENARIO_SERVED serves one, with native routes added before
`application()` and after it. SCENARIO_ROUTE is the service's route, `/api` unless given. SCENARIO_CATCH_ALL, `before`
or `after`, adds a route that takes every path.
"""

import os
from typing import Any, Dict

from backend_injected_applications import NativeError, handler404, made, note, passed, state, urlpatterns
from scenario import ASYNCHRONOUS, NONCE, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api, request

__all__ = ["handler404", "urlpatterns"]  # for Django, whose ROOT_URLCONF this module is, as in a user's project
CATCH_ALL = os.environ.get("SCENARIO_CATCH_ALL")


class PassedAPI(api.API):
    """Tells what the middleware has set, of either kind."""

    @api.get
    @in_mode
    def mode(self):
        return {"passed": passed.get(None)}

    @api.get
    def plain(self):
        return {"passed": passed.get(None)}


class RootAPI(api.API):
    """Has an endpoint wherever there is a native route, too."""

    passed: PassedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def early(self):
        return "api"

    @api.get
    @in_mode
    def late(self):
        return "api"

    @api.get("early/{word}")
    @in_mode
    def early_word(self, word: str):
        return "api"

    @api.get("late/{word}")
    @in_mode
    def late_word(self, word: str):
        return "api"

    @api.get("other/{word}")
    @in_mode
    def other(self, word: str):
        return word

    @api.get("number/{number}")
    @in_mode
    def number(self, number: int):
        return number

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.post
    @in_mode
    def optional(self, text: str = request.BodyParam(default="none")):
        return {"text": text}

    @api.get
    @in_mode
    def crash(self):
        raise NativeError("of an endpoint")

    @api.get
    @in_mode
    def hook(self):
        return state["hook"]


def given(backend):
    """The service, given that as its backend."""
    service = UtilMeta(
        __name__,
        name="backend_injected",
        backend=backend,
        asynchronous=ASYNCHRONOUS,
        api=RootAPI,
        route=os.environ.get("SCENARIO_ROUTE", "/api"),
        **({"port": int(os.environ["SCENARIO_PORT"])} if "SCENARIO_PORT" in os.environ else {}),
    )

    @service.on_startup
    @in_mode
    def begin():
        state["hook"] = NONCE
        passed.set(NONCE)
        note("hook begins")

    @service.on_shutdown
    @in_mode
    def end():
        note("hook ends")

    return service


def same():
    """Whether `application()` returns the very object that was injected, at each call."""
    application, _, _ = made(__name__)
    service = given(application)
    return [service.application() is application for _ in range(2)]


def other_kind():
    """Django's handler of the other mode."""
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application

    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=NONCE)
    django.setup()
    given(get_wsgi_application() if ASYNCHRONOUS else get_asgi_application()).application()


def application_class():
    """The class of an application in place of an instance."""
    application, _, _ = made(__name__)
    given(type(application)).application()


if "SCENARIO_SERVED" in os.environ:
    application, add, catch = made(__name__)
    if CATCH_ALL == "before":
        catch()
    for path in ("/early", "/api/early", "/api/early/{word}"):
        add(path)
    service = given(application)
    app = service.application()
    for path in ("/late", "/api/late", "/api/late/{word}"):
        add(path)
    if CATCH_ALL == "after":
        catch()

if __name__ == "__main__":
    service.run()
