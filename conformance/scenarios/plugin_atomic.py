"""Endpoints in transactions by `orm.Atomic`: of the databases of plugin_atomic_notes.py. They write a note to both.

SCENARIO_SERVED is for a service, `refusal` is a probe.
"""

import os

from plugin_atomic_notes import ALIASES, AWAITED, end, note_of, with_databases
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, queried
from utilmeta import UtilMeta
from utilmeta.core import api, orm
from utilmeta.utils.exceptions import Conflict

SERVED = "SCENARIO_SERVED" in os.environ


def construct():
    return UtilMeta(
        __name__,
        name="plugin_atomic",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        route="/api",
    )


def refusal(alias, name, kept):
    """What is raised where an endpoint of that name is in a transaction of a database that is not there; `kept` says
    whether the service has any."""
    service = construct()
    if kept:
        with_databases(service)

    def plain(self):
        return None

    plain.__name__ = plain.__qualname__ = name
    members = {"__module__": __name__, name: api.get(orm.Atomic(alias)(plain))}
    service.mount(type("RootAPI", (api.API,), members))
    try:
        service.application()
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return f"{type(error).__name__}: {error}"
    return None


if SERVED:
    service = with_databases(construct())
    service.setup()
    Note = note_of("plugin_atomic")

    class WritingAPI(api.API):
        @api.get
        def nonce(self):
            return NONCE

        if AWAITED:

            async def write(self, word):
                for each in ALIASES:
                    await Note.objects.using(each).acreate(word=word)
                return end(self.request, Conflict)

            @api.post("plain/{word}")
            async def plain(self, word: str):
                return await self.write(word)

            @api.post("atomic/{word}")
            @orm.Atomic("default")
            async def atomic(self, word: str):
                return await self.write(word)

            @orm.Atomic()
            @api.post("unnamed/{word}")
            async def unnamed(self, word: str):
                return await self.write(word)

            @api.post("both/{word}")
            @orm.Atomic("default")
            @orm.Atomic("other")
            async def both(self, word: str):
                return await self.write(word)

            @api.get("notes/{word}")
            async def notes(self, word: str):
                return {each: await Note.objects.using(each).filter(word=word).acount() for each in ALIASES}

        else:

            def write(self, word):
                for each in ALIASES:
                    Note.objects.using(each).create(word=word)
                return end(self.request, Conflict)

            @api.post("plain/{word}")
            def plain(self, word: str):
                return self.write(word)

            @api.post("atomic/{word}")
            @orm.Atomic("default")
            def atomic(self, word: str):
                return self.write(word)

            @orm.Atomic()
            @api.post("unnamed/{word}")
            def unnamed(self, word: str):
                return self.write(word)

            @api.post("both/{word}")
            @orm.Atomic("default")
            @orm.Atomic("other")
            def both(self, word: str):
                return self.write(word)

            @api.get("notes/{word}")
            def notes(self, word: str):
                return {each: Note.objects.using(each).filter(word=word).count() for each in ALIASES}

    @orm.Atomic("other")
    class AtomicAPI(WritingAPI):
        """All of its endpoints are in transactions of `other`."""

    class HandlingAPI(WritingAPI):
        @api.handle("*", Conflict)
        def answer(self, error):
            return {"handled": NONCE}

    def leave(request, part):
        """A note of this part in both databases; it raises if `fails` is this part."""
        for each in ALIASES:
            Note.objects.using(each).create(word=queried(request, "word"))
        if queried(request, "fails") == part:
            raise Conflict("after it was written")

    class Around(api.Plugin):
        def process_request(self, request):
            leave(request, "plugin")

    @Around()
    class AllPlainAPI(api.API):
        """Mounted as `all_plain`: what is around the endpoint is plain, as itself."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            leave(self.request, "init")

        @orm.Atomic()
        @api.post
        def endpoint(self):
            leave(self.request, "endpoint")
            return {"word": NONCE}

        @api.before(endpoint)
        def earlier(self):
            leave(self.request, "before")

        @api.after(endpoint)
        def later(self, response):
            leave(self.request, "after")

    if ASYNCHRONOUS:

        async def leave_asynchronously(request, part):
            for each in ALIASES:
                await Note.objects.using(each).acreate(word=queried(request, "word"))
            if queried(request, "fails") == part:
                raise Conflict("after it was written")

        class AroundAsyncAPI(api.API):
            """Mounted as `around_async`: plain hooks, and an endpoint that is an `async def`."""

            @orm.Atomic()
            @api.post
            async def endpoint(self):
                await leave_asynchronously(self.request, "endpoint")
                return {"word": NONCE}

            @api.before(endpoint)
            def earlier(self):
                leave(self.request, "before")

            @api.after(endpoint)
            def later(self, response):
                leave(self.request, "after")

        class BesideAsyncAPI(api.API):
            """Mounted as `beside_async`: a plain endpoint, of whose hooks one is an `async def`."""

            @orm.Atomic()
            @api.post
            def endpoint(self):
                leave(self.request, "endpoint")
                return {"word": NONCE}

            @api.before(endpoint)
            async def earlier(self):
                await leave_asynchronously(self.request, "before")

            @api.after(endpoint)
            def later(self, response):
                leave(self.request, "after")

    class RootAPI(WritingAPI):
        whole: AtomicAPI
        handling: HandlingAPI
        all_plain: AllPlainAPI
        if ASYNCHRONOUS:
            around_async: AroundAsyncAPI
            beside_async: BesideAsyncAPI

    service.mount(RootAPI)
    app = service.application()
