"""Notes in the PostgreSQL `default` and the SQLite file `file`, declared with what the page names and nothing else.

SCENARIO_POSTGRESQL_HOST, _PORT, _USER and _PASSWORD say where PostgreSQL is, SCENARIO_FILE where the SQLite file,
SCENARIO_TABLE how the notes' table is called. SCENARIO_DIRECTORY is a working directory to change to. With
SCENARIO_USE_TZ and SCENARIO_TIME_ZONE there is a Time; SCENARIO_MOMENT is the datetime that notes have.
"""

import contextlib
import datetime
import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Time
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

if "SCENARIO_DIRECTORY" in os.environ:
    os.chdir(os.environ["SCENARIO_DIRECTORY"])


def setting(name):
    return os.environ[f"SCENARIO_{name}"]


MOMENT = datetime.datetime.fromisoformat(setting("MOMENT"))
WRITTEN = f"written {NONCE}"  # the text of the note without a moment


def told(note):
    """A stored moment as it came back: its ISO form, and its offset in seconds, `none` without one."""
    offset = note.moment.utcoffset()
    found = "none" if offset is None else offset.total_seconds()
    return {"moment": note.moment.replace(tzinfo=None).isoformat(), "offset": found}


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def settings(self):
        from django.conf import settings

        return json.dumps(settings.DATABASES, default=str)

    if ASYNCHRONOUS:

        @api.get
        async def written(self):
            await Note.objects.acreate(text=WRITTEN)
            counts = [await Note.objects.using(alias).filter(text=WRITTEN).acount() for alias in ("default", "file")]
            return json.dumps(counts)

        @api.get
        async def kept_in_postgresql(self):
            note = await Note.objects.using("default").acreate(text=NONCE, moment=MOMENT)
            return json.dumps(told(await Note.objects.using("default").aget(pk=note.pk)))

        @api.get
        async def kept_in_a_file(self):
            note = await Note.objects.using("file").acreate(text=NONCE, moment=MOMENT)
            return json.dumps(told(await Note.objects.using("file").aget(pk=note.pk)))

        @api.get
        async def all_in_postgresql(self):
            return json.dumps({note.text: told(note) async for note in Note.objects.filter(moment__isnull=False)})

    else:

        @api.get
        def written(self):
            Note.objects.create(text=WRITTEN)
            counts = [Note.objects.using(alias).filter(text=WRITTEN).count() for alias in ("default", "file")]
            return json.dumps(counts)

        @api.get
        def kept_in_postgresql(self):
            note = Note.objects.using("default").create(text=NONCE, moment=MOMENT)
            return json.dumps(told(Note.objects.using("default").get(pk=note.pk)))

        @api.get
        def kept_in_a_file(self):
            note = Note.objects.using("file").create(text=NONCE, moment=MOMENT)
            return json.dumps(told(Note.objects.using("file").get(pk=note.pk)))

        @api.get
        def all_in_postgresql(self):
            return json.dumps({note.text: told(note) for note in Note.objects.filter(moment__isnull=False)})


service = UtilMeta(
    __name__,
    name="database_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(secret_key=NONCE))
service.use(
    DatabaseConnections(
        {
            "file": Database(engine="sqlite3", name=setting("FILE")),
            "default": Database(
                engine="postgresql",
                name="postgres",
                host=setting("POSTGRESQL_HOST"),
                port=int(setting("POSTGRESQL_PORT")),
                user=setting("POSTGRESQL_USER"),
                password=setting("POSTGRESQL_PASSWORD"),
            ),
        }
    )
)
zone = given(time_zone=str, use_tz=flag)
if zone:
    service.use(Time(**zone))
service.setup()

from django.db import connections, models  # noqa: E402 - models after setup(), as the page says


class Note(models.Model):
    text = models.TextField()
    moment = models.DateTimeField(null=True)

    class Meta:
        app_label = "database_documented"
        db_table = setting("TABLE")


def make_tables():
    for alias in ("file", "default"):
        with contextlib.suppress(Exception):  # what cannot be used shows when it is
            if Note._meta.db_table not in connections[alias].introspection.table_names():
                with connections[alias].schema_editor() as editor:
                    editor.create_model(Note)
    connections.close_all()


make_tables()
app = service.application()
