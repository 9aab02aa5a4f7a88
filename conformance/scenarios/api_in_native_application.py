"""APIs within an application that the framework's user made: several by `__as__`, a service's by `adapt`.

The application is made in backend_injected_applications.py. The service has a hook and configurations of its own.
SCENARIO_MOUNTS has it serve more than its root API, SCENARIO_MAX_BODY_SIZE is a limit. The other APIs have no service.
With SCENARIO_ALONE there is but one API in the application, at `/api`: `documented`, by `__as__` as the guide has it;
`as` and `adapt`, in either way one that answers more.
"""

import datetime
import os
from typing import Any, Dict

import backend_injected_applications as native_applications
from scenario import ASYNCHRONOUS, BACKEND, NONCE, given, in_mode, raised
from utilmeta import UtilMeta
from utilmeta.conf import Preference, Time
from utilmeta.core import api, request

state = {"hook": "it has not run"}


class CommonAPI(api.API):
    """What both the service and an API without one have."""

    @api.get("day/{year}")
    @in_mode
    def day(self, year: int):
        return {"day": datetime.date(year, 12, 24)}

    @api.get("unlike/{word}")
    @in_mode
    def unlike(self, word: str) -> int:
        return word

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.get("fails/{word}")
    @in_mode
    def fails(self, word: str):
        raise native_applications.NativeError(word)

    @api.get
    @in_mode
    def crashes(self, secret: str):
        raise RuntimeError(f"crashed with {secret}")

    @api.get
    @in_mode
    def hook(self):
        return state["hook"]


class CalcAPI(CommonAPI):
    @api.get("add/{a}/{b}")
    @in_mode
    def add(self, a: int, b: int):
        return {"sum": a + b}


class ServiceAPI(CommonAPI):
    """The root API of the service."""


class WordAPI(api.API):
    @api.get("{word}")
    @in_mode
    def word(self, word: str):
        return {"word": word}


class LaterAPI(api.API):
    """What claims paths of an API that came before it."""

    @api.get("{word}")
    @in_mode
    def later(self, word: str):
        return {"later": word}

    @api.get("add/{a}/{b}")
    @in_mode
    def add(self, a: int, b: int):
        return {"later": a + b}


class MountedAPI(api.API):
    """What the service mounts."""

    @api.get("{word}")
    @in_mode
    def word(self, word: str):
        return {"mounted": word}


class ReferredAPI(api.API):
    """What the service mounts by reference."""

    @api.get("{word}")
    @in_mode
    def word(self, word: str):
        return {"referred": word}


def made(**options):
    """The service, which serves three APIs."""
    service = UtilMeta(
        __name__,
        **{
            "name": "api_in_native_application",
            "backend": BACKEND,
            "asynchronous": ASYNCHRONOUS,
            "production": True,
            "api": ServiceAPI,
            "route": "/service",
            **given(max_body_size=int),
            **options,
        },
    )
    service.use(Time(date_format="%d.%m.%Y"))
    service.use(Preference(api_default_strict_response=True))
    if "SCENARIO_MOUNTS" in os.environ:
        service.mount(MountedAPI, "mounted")
        service.mount("api_in_native_application.ReferredAPI", "/deep/referred/")

    @service.on_startup
    @in_mode
    def begin():
        state["hook"] = NONCE

    return service


class AloneAPI(api.API):
    """The only API of its application."""

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("add/{a}/{b}")
    @in_mode
    def add(self, a: int, b: int):
        return {"sum": a + b}


def answering():
    """The API class that answers more: all of the corpus, a native exception, and at the path of a native route."""
    from backend_corpus_api import RootAPI as AnswersAPI

    class AnsweringAPI(AnswersAPI):
        @api.get
        @in_mode
        def fails(self):
            raise native_applications.NativeError(NONCE)

        @api.get
        @in_mode
        def native(self):
            return "api"

    return AnsweringAPI


def put_alone(kind):
    """The application, which has one API at `/api`."""
    if kind == "adapt":
        put_into = made(api=answering(), route="/api").adapt
    else:
        cls = AloneAPI if kind == "documented" else answering()

        def put_into(target):
            return cls.__as__(target, route="/api", asynchronous=ASYNCHRONOUS)

    if BACKEND == "tornado":
        import tornado

        application, add, _ = native_applications.tornado_application(put_into(tornado))
    else:
        application, add, _ = native_applications.made(native_applications.__name__)
        if kind != "documented":
            add("/api/native")
        if BACKEND == "django":
            import django

            native_applications.urlpatterns.append(put_into(django))
        else:
            put_into(application)
    add("/late")
    return application


def put():
    """The application, which has all of the APIs: by its instance, or among the routes that it is made with."""
    from backend_corpus_api import RootAPI as AnswersAPI

    apis = ((AnswersAPI, "api"), (CalcAPI, "/calc"), (WordAPI, "/one/two/"), (LaterAPI, "/calc"))
    service = made()
    if BACKEND == "tornado":
        import tornado

        rules = [cls.__as__(tornado, route=route, asynchronous=ASYNCHRONOUS) for cls, route in apis]
        application, add, _ = native_applications.tornado_application(*rules, service.adapt(tornado))
        application.add_handlers(r".*", [service.adapt(tornado, route="/elsewhere")])
    elif BACKEND == "django":
        import django
        from django.urls import include, path

        application, add, _ = native_applications.made(native_applications.__name__)
        patterns = native_applications.urlpatterns
        patterns += [cls.__as__(django, route=route, asynchronous=ASYNCHRONOUS) for cls, route in apis]
        patterns += [service.adapt(django), service.adapt(django, route="/elsewhere")]
        included = [CalcAPI.__as__(django, route="calc", asynchronous=ASYNCHRONOUS)]
        patterns.append(path("included/<tenant>/", include(included)))
    else:
        application, add, _ = native_applications.made(native_applications.__name__)
        for cls, route in apis:
            cls.__as__(application, route=route, asynchronous=ASYNCHRONOUS)
        service.adapt(application)
        service.adapt(application, route="/elsewhere")
    add("/late")
    return application


def refused():
    """What is said of each target that is none, of a mount that comes too late, and of an adapted application."""
    application, _, _ = native_applications.made(native_applications.__name__)
    another = "flask" if BACKEND == "tornado" else "tornado"
    service = made(backend=application)
    application_class = type(application)
    tries = {
        "a class": lambda: CalcAPI.__as__(application_class, route="/calc", asynchronous=ASYNCHRONOUS),
        "a number": lambda: CalcAPI.__as__(5, asynchronous=ASYNCHRONOUS),
        "another backend": lambda: service.adapt(__import__(another), route="/calc"),
        "its own application": lambda: service.adapt(application),
    }
    if BACKEND not in ("django", "tornado"):
        tries["a module"] = lambda: CalcAPI.__as__(__import__(BACKEND), asynchronous=ASYNCHRONOUS)
    service.application()
    tries["a late mount"] = lambda: service.mount(WordAPI, "late")
    return {"class": application_class.__name__, "another": another, **{name: raised(do) for name, do in tries.items()}}


if "SCENARIO_ALONE" in os.environ:
    app = put_alone(os.environ["SCENARIO_ALONE"])
elif "SCENARIO_SHARED" in os.environ:
    app = put()
