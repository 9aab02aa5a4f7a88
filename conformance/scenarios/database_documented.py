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


service = UtilMeta(
    __name__,
    name="database_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api="RootAPI",
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


MOMENT = datetime.datetime.fromisoformat(os.environ["SCENARIO_MOMENT"]) if "SCENARIO_MOMENT" in os.environ else None


def make_tables():
    for alias in ("file", "default"):
        with contextlib.suppress(Exception):  # what cannot be used shows when it is
            if Note._meta.db_table not in connections[alias].introspection.table_names():
                with connections[alias].schema_editor() as editor:
                    editor.create_model(Note)
    connections.close_all()


def told(note):
    """A stored moment as it came back, as JSON text: its ISO form, and its offset in seconds, `none` without one."""
    offset = note.moment.utcoffset()
    found = "none" if offset is None else offset.total_seconds()
    return json.dumps({"moment": note.moment.replace(tzinfo=None).isoformat(), "offset": found})


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
            await Note.objects.acreate(text=NONCE)
            counts = [await Note.objects.using(alias).filter(text=NONCE).acount() for alias in ("default", "file")]
            return json.dumps(counts)

        @api.get
        async def kept_in_postgresql(self):
            note = await Note.objects.using("default").acreate(text=f"{NONCE} kept", moment=MOMENT)
            return told(await Note.objects.using("default").aget(pk=note.pk))

        @api.get
        async def kept_in_a_file(self):
            note = await Note.objects.using("file").acreate(text=f"{NONCE} kept", moment=MOMENT)
            return told(await Note.objects.using("file").aget(pk=note.pk))

        @api.get("read/{text}")
        async def read(self, text: str):
            return told(await Note.objects.aget(text=f"{text} kept"))

    else:

        @api.get
        def written(self):
            Note.objects.create(text=NONCE)
            counts = [Note.objects.using(alias).filter(text=NONCE).count() for alias in ("default", "file")]
            return json.dumps(counts)

        @api.get
        def kept_in_postgresql(self):
            note = Note.objects.using("default").create(text=f"{NONCE} kept", moment=MOMENT)
            return told(Note.objects.using("default").get(pk=note.pk))

        @api.get
        def kept_in_a_file(self):
            note = Note.objects.using("file").create(text=f"{NONCE} kept", moment=MOMENT)
            return told(Note.objects.using("file").get(pk=note.pk))

        @api.get("read/{text}")
        def read(self, text: str):
            return told(Note.objects.get(text=f"{text} kept"))


make_tables()
app = service.application()
