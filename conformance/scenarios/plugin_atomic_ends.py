"""Ends of endpoints in transactions by `orm.Atomic`: exceptions that are none of Exception, time-outs; and subclasses.

SQLite files `default` and `other`; endpoints write a note to both. On an asynchronous variant they are `async def`;
SCENARIO_PLAIN has them plain.
"""

import asyncio
import os
import tempfile
import threading
from collections import defaultdict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, orm
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.utils.exceptions import Conflict

ALIASES = ("default", "other")
AWAITED = ASYNCHRONOUS and "SCENARIO_PLAIN" not in os.environ
FILES = tempfile.mkdtemp()
TIMEOUT = 0.5  # seconds, in which two notes are written
TOO_LONG = 10
released = defaultdict(threading.Event)

service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_atomic_ends",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        route="/api",
    )
)
databases = {alias: Database(engine="sqlite3", name=os.path.join(FILES, alias)) for alias in ALIASES}
service.use(DatabaseConnections(databases))
service.setup()
from django.db import connections, models  # noqa: E402


class Note(models.Model):
    word = models.TextField()

    class Meta:
        app_label = "plugin_atomic_ends"
        db_table = "note"


for each in ALIASES:
    with connections[each].schema_editor() as editor:
        editor.create_model(Note)
connections.close_all()


class Own(BaseException):
    """An exception of the service's own."""


RAISED = {
    "HTTP": lambda: Conflict("after it was written"),
    "error": lambda: ValueError("after it was written"),
    "own": lambda: Own("after it was written"),
    "exit": lambda: SystemExit(0),
    "interrupt": KeyboardInterrupt,
    "cancelled": asyncio.CancelledError,
}


def end(request):
    """What an endpoint does after it has written."""
    kind = queried(request, "raises")
    if kind:
        raise RAISED[kind]()
    return {"word": NONCE}


def write(word):
    for each in ALIASES:
        Note.objects.using(each).create(word=word)


class CountingAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post("release/{word}")
    @in_mode
    def release(self, word: str):
        released[word].set()

    if ASYNCHRONOUS:

        @api.get("notes/{word}")
        async def notes(self, word: str):
            return {each: await Note.objects.using(each).filter(word=word).acount() for each in ALIASES}

    else:

        @api.get("notes/{word}")
        def notes(self, word: str):
            return {each: Note.objects.using(each).filter(word=word).count() for each in ALIASES}


class WritingAPI(api.API):
    if AWAITED:

        async def write(self, word):
            for each in ALIASES:
                await Note.objects.using(each).acreate(word=word)

        @api.post("bare/{word}")
        async def bare(self, word: str):
            await self.write(word)
            return end(self.request)

        @api.post("late/{word}", timeout=TIMEOUT)
        @orm.Atomic("default")
        async def late(self, word: str):
            await self.write(word)
            try:
                await asyncio.sleep(TOO_LONG)
            except asyncio.CancelledError:
                if queried(self.request, "goes-on"):
                    return end(self.request)
                raise

    else:

        @api.post("bare/{word}")
        def bare(self, word: str):
            write(word)
            return end(self.request)

        @api.post("late/{word}", timeout=TIMEOUT)
        @orm.Atomic("default")
        def late(self, word: str):
            write(word)
            released[word].wait(TOO_LONG)
            return end(self.request)


class HookedAPI(api.API):
    """Mounted as `hooked`: a plain endpoint below a hook of the variant's mode."""

    @api.before("*")
    @in_mode
    def before(self):
        pass

    @api.post("late/{word}", timeout=TIMEOUT)
    @orm.Atomic("default")
    def late(self, word: str):
        write(word)
        released[word].wait(TOO_LONG)
        return end(self.request)


@orm.Atomic("default")
class FirstAPI(WritingAPI):
    pass


@orm.Atomic("other")
class SecondAPI(api.API):
    @api.get
    @in_mode
    def second(self):
        return "second"


class HeirAPI(FirstAPI):
    pass


@orm.Atomic("other")
class OwnHeirAPI(FirstAPI):
    pass


class HeirOfTwoAPI(FirstAPI, SecondAPI):
    pass


class HeirOfTwoTurnedAPI(SecondAPI, FirstAPI):
    pass


class RootAPI(CountingAPI):
    plain: WritingAPI
    hooked: HookedAPI
    first: FirstAPI
    heir: HeirAPI
    own_heir: OwnHeirAPI
    heir_of_two: HeirOfTwoAPI
    heir_of_two_turned: HeirOfTwoTurnedAPI


service.mount(RootAPI)
app = service.application()
