"""Probes: what only an asynchronous service takes, given to one of the variant's mode; application classes by mode.

As a script, a service whose startup hook is a plain function that returns a coroutine.
"""

import asyncio
import functools
import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.core import api

VARIANT = {"backend": BACKEND, "asynchronous": ASYNCHRONOUS, "production": PRODUCTION}


def construct(**options):
    return UtilMeta(__name__, name="async_mode_refusals", **{**VARIANT, **options})


def endpoint(name, kind):
    """Build a service with an `async def` endpoint called `name`."""

    async def function(self):
        return "never"

    @functools.wraps(function)
    def wrapper(self):
        return function(self)

    function.__name__ = function.__qualname__ = wrapper.__name__ = wrapper.__qualname__ = name
    if kind == "wrapped":
        members = {name: api.get(wrapper)}
    elif kind == "the class's own path":
        function.__name__ = function.__qualname__ = "get"
        members = {"get": function}
    else:
        members = {name: api.get(function)}
    found = type(f"API_{name}", (api.API,), {"__module__": __name__, **members})
    if kind == "mounted":
        found = type("RootAPI", (api.API,), {"__module__": __name__, "__annotations__": {"branch": found}})
    if kind == "put in":
        put_in(found)
    else:
        construct(api=found, route="/api").application()


def put_in(found):
    """Put an API class, with no service of its own, into an application of the framework, as one of the mode."""
    import backend_injected_applications as native_applications

    application = native_applications.made(native_applications.__name__)[0]
    target = __import__(BACKEND) if BACKEND in ("django", "tornado") else application
    found.__as__(target, route="/api", asynchronous=ASYNCHRONOUS)


def hook(name, kind, moment):
    """Build a service with an `async def` hook called `name`."""

    async def function(*arguments):
        return None

    function.__name__ = function.__qualname__ = name

    class Callable:
        __call__ = function

    Callable.__name__ = Callable.__qualname__ = name
    given = {"function": function, "partial": functools.partial(function, 1), "object": Callable()}[kind]
    service = construct(api=RootAPI)
    getattr(service, moment)(given)
    service.application()


def application_class(asynchronous=None):
    """The classes of the application, most derived first, `asynchronous` left out where it is None."""
    options = {**VARIANT, "asynchronous": asynchronous}
    if asynchronous is None:
        del options["asynchronous"]
    application = UtilMeta(__name__, name="async_mode_refusals", api=RootAPI, **options).application()
    return [f"{base.__module__}.{base.__qualname__}" for base in type(application).__mro__]


async def coroutine():
    """Writes down that it has run to its end."""
    await asyncio.sleep(0)
    with open(os.environ["SCENARIO_EVENTS"], "w") as journal:
        json.dump({"event": "awaited"}, journal)
    return NONCE


def returns_a_coroutine():
    return coroutine()


class RootAPI(api.API):
    @api.get
    def nonce(self):
        return NONCE

    @api.get
    def coroutine(self):
        return coroutine()


if "SCENARIO_SERVED" in os.environ:
    service = construct(
        api=RootAPI,
        route="/api",
        **({"port": int(os.environ["SCENARIO_PORT"])} if "SCENARIO_PORT" in os.environ else {}),
    )
    if os.environ["SCENARIO_SERVED"] == "with the hook":
        service.on_startup(returns_a_coroutine)
    app = service.application()

if __name__ == "__main__":
    service.run()
