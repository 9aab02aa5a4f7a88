"""Endpoints in transactions by `orm.Atomic`: SQLite files `default` and `other`. They write a note to both.

On an asynchronous variant the endpoints are `async def`; SCENARIO_PLAIN has them plain. SCENARIO_SERVED is for a
service, `refusal` is a probe.
"""

import os
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, orm
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.utils.exceptions import Conflict

ALIASES = ("default", "other")
AWAITED = ASYNCHRONOUS and "SCENARIO_PLAIN" not in os.environ
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


def databases(service):
    files = tempfile.mkdtemp()
    names = {alias: Database(engine="sqlite3", name=os.path.join(files, alias)) for alias in ALIASES}
    return with_a_key(service).use(DatabaseConnections(names))


def refusal(alias, name, kept):
    """What is raised where an endpoint of that name is in a transaction of a database that is not there; `kept` says
    whether the service has any."""
    service = construct()
    if kept:
        databases(service)

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
    service = databases(construct())
    service.setup()
    from django.db import connections, models

    class Note(models.Model):
        word = models.TextField()

        class Meta:
            app_label = "plugin_atomic"
            db_table = "note"

    for each in ALIASES:
        with connections[each].schema_editor() as editor:
            editor.create_model(Note)
    connections.close_all()

    def end(request):
        """What an endpoint does after it has written."""
        if queried(request, "fails"):
            raise Conflict("after it was written")
        return {"word": NONCE}

    class WritingAPI(api.API):
        @api.get
        def nonce(self):
            return NONCE

        if AWAITED:

            async def write(self, word):
                for each in ALIASES:
                    await Note.objects.using(each).acreate(word=word)
                return end(self.request)

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
                return end(self.request)

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

    class RootAPI(WritingAPI):
        whole: AtomicAPI
        handling: HandlingAPI

    service.mount(RootAPI)
    app = service.application()
