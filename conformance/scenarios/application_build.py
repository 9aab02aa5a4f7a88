"""Probes of `application()`: what it returns at a second call, and which declarations it refuses."""

import native_framework
from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


def build(root):
    service = UtilMeta(
        __name__,
        name="application_build",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=root,
        route="/api",
    )
    return service, service.application()


def twice():
    """Whether the second application is the first, and what is registered with it before and after."""

    class RootAPI(api.API):
        @api.get
        @in_mode
        def hello(self):
            return "world"

    service, first = build(RootAPI)
    before = native_framework.registered(BACKEND, first)
    second = service.application()
    return {"same": second is first, "before": before, "after": native_framework.registered(BACKEND, second)}


def clash(kind, path):
    """Build an API in which two endpoints, `first` and `second`, have GET and one path, at `path`."""

    def first(self):
        return "first"

    def second(self):
        return "second"

    def templated_first(self, one: str):
        return one

    def templated_second(self, other: str):
        return other

    def named(function, name):
        function.__name__ = function.__qualname__ = name
        return in_mode(function)

    if kind == "the same template":
        members = {
            "first": api.get(path)(named(first, "first")),
            "second": api.get(path)(named(second, "second")),
        }
    elif kind == "a function's name and a template":
        members = {
            path: api.get(named(first, path)),
            "second": api.get(path)(named(second, "second")),
        }
    elif kind == "templates that differ in the parameter's name":
        members = {
            "first": api.get(path + "/{one}")(named(templated_first, "first")),
            "second": api.get(path + "/{other}")(named(templated_second, "second")),
        }
    elif kind == "a mounted class and a template":
        mounted = type("MountedAPI", (api.API,), {"__module__": __name__, "first": api.get(named(first, "first"))})
        members = {
            "__annotations__": {path: mounted},
            "second": api.get(path + "/first")(named(second, "second")),
        }
    else:
        members = {
            "first": api.get(path)(named(first, "first")),
            "second": api.post(path)(named(second, "second")),
        }
    build(type("RootAPI", (api.API,), {"__module__": __name__, **members}))


def annotated(name, strict):
    """Build an API whose endpoint of this name is annotated with what is no type; `strict` says whether results are
    checked."""
    from utilmeta.conf import Preference

    def endpoint(self):
        return "world"

    endpoint.__name__ = endpoint.__qualname__ = name
    endpoint.__annotations__["return"] = 5
    root = type("UntypedAPI", (api.API,), {"__module__": __name__, name: api.get(in_mode(endpoint))})
    service = UtilMeta(
        __name__, name="application_build", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION, api=root
    )
    service.use(Preference(api_default_strict_response=strict))
    service.application()


def decorated(hook):
    """Whether `on_startup` or `on_shutdown` returns the very function it was given, and registers it all the same."""
    service = UtilMeta(
        __name__, name="application_build", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION
    )

    def plain():
        return None

    async def awaitable():
        return None

    functions = [plain, awaitable] if ASYNCHRONOUS else [plain]
    return [getattr(service, hook)(function) is function for function in functions]


def not_callable(hook, value):
    """Register `value`, which is no function."""
    service = UtilMeta(
        __name__, name="application_build", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION
    )
    getattr(service, hook)(value)
