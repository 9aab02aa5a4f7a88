"""Notes kept in PostgreSQL and in a SQLite file, by plain and asynchronous endpoints.

PostgreSQL is at SCENARIO_POSTGRESQL_PORT of SCENARIO_POSTGRESQL_HOST, SCENARIO_POSTGRESQL_USER, _PASSWORD and _TABLE
say the rest. SCENARIO_FILE is the SQLite file's path, relative to this folder; SCENARIO_DIRECTORY is a working
directory to change to before anything is configured. SCENARIO_CLOSED_PORT is a port without a database. Each
connection to PostgreSQL has the name SCENARIO_NONCE. With SCENARIO_DJANGO_SETTINGS the service uses DjangoSettings too.

As a script it writes down, when `run()` has returned, how many connections of that name there still are.
"""

import json
import os
import time

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections

LONG_SECONDS = 20.0
FORGOTTEN_SECONDS = 2.0  # a server's process for a connection ends a moment after the connection is closed
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"
BUSY = f"{CONNECTIONS} AND state = 'active'"

if "SCENARIO_DIRECTORY" in os.environ:
    os.chdir(os.environ["SCENARIO_DIRECTORY"])


def setting(name):
    return os.environ[f"SCENARIO_{name}"]


def postgresql(port="POSTGRESQL_PORT", password="POSTGRESQL_PASSWORD", **options):
    return Database(
        engine="postgresql",
        name="postgres",
        host=setting("POSTGRESQL_HOST"),
        port=int(setting(port)),
        user=setting("POSTGRESQL_USER"),
        password=setting(password),
        options={"application_name": NONCE or "probe", **options},
    )


def databases():
    return {
        "file": Database(engine="sqlite3", name=setting("FILE")),
        "default": postgresql(),
        "pool": postgresql(pool={"min_size": 1, "max_size": 5, "timeout": 20}),
        "impatient": postgresql(pool={"min_size": 1, "max_size": 2, "timeout": 1}),
        # PostgreSQL itself ends a query then whose client is gone.
        "silent": postgresql(connect_timeout=1, options="-c client_connection_check_interval=100"),
        "closed": postgresql(port="CLOSED_PORT", password="WRONG_PASSWORD"),
        "refused": postgresql(password="WRONG_PASSWORD"),
        "unwritable": Database(engine="django.db.backends.sqlite3", name=setting("UNWRITABLE")),
    }


service = UtilMeta(
    __name__,
    name="database_engines",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api="RootAPI",
    route="/api",
    **given(host=str, port=int),
)
service.use(DatabaseConnections(databases()))
if "SCENARIO_DJANGO_SETTINGS" in os.environ:
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(DjangoSettings(secret_key=NONCE or "key of a probe"))
else:
    with_a_key(service)
service.setup()

from django.db import OperationalError, connections, models  # noqa: E402 - models after setup(), as the page says


class Note(models.Model):
    text = models.TextField()

    class Meta:
        app_label = "database_engines"
        db_table = setting("TABLE")


def slowly(seconds=LONG_SECONDS):
    """A query that takes so long for each note; longer than anybody waits, unless that is given."""
    seconds = models.Value(seconds, output_field=models.FloatField())
    return Note.objects.annotate(slept=models.Func(seconds, function="pg_sleep", output_field=models.TextField()))


class PlainAPI(api.API):
    """Plain functions, in both modes."""

    @api.post("table/{alias}")
    def table(self, alias: str):
        with connections[alias].schema_editor() as editor:
            editor.create_model(Note)
        return {"made": alias}

    @api.get("connections/{name}")
    def connections(self, name: str):
        with connections["default"].cursor() as cursor:
            cursor.execute(CONNECTIONS, [name])
            return {"connections": cursor.fetchone()[0]}

    @api.get
    def busy(self):
        with connections["default"].cursor() as cursor:
            cursor.execute(BUSY, [NONCE])
            return {"busy": cursor.fetchone()[0]}

    @api.post("write/{text}")
    def write_by_default(self, text: str):
        return {"id": Note.objects.create(text=text).pk}

    @api.post("write/{alias}/{text}")
    def write(self, alias: str, text: str):
        return {"id": Note.objects.using(alias).create(text=text).pk}

    @api.get("read/{alias}/{text}")
    def read(self, alias: str, text: str):
        return {"found": Note.objects.using(alias).filter(text__startswith=text).count()}

    @api.get("caught/{alias}")
    def caught(self, alias: str):
        try:
            Note.objects.using(alias).count()
        except OperationalError as error:
            return {"message": str(error)}
        return {"message": "nothing was raised"}

    @api.get
    def long(self):
        return {"found": [note.text for note in slowly()]}

    @api.get("sleep/{alias}/{seconds}")
    def sleep(self, alias: str, seconds: float):
        return {"found": [note.slept for note in slowly(seconds).using(alias)[:1]]}


class AwaitedAPI(api.API):
    """The same as `async def`; on an asynchronous variant alone."""

    @api.post("write/{text}")
    async def write_by_default(self, text: str):
        return {"id": (await Note.objects.acreate(text=text)).pk}

    @api.post("write/{alias}/{text}")
    async def write(self, alias: str, text: str):
        return {"id": (await Note.objects.using(alias).acreate(text=text)).pk}

    @api.get("read/{alias}/{text}")
    async def read(self, alias: str, text: str):
        return {"found": await Note.objects.using(alias).filter(text__startswith=text).acount()}

    @api.get("caught/{alias}")
    async def caught(self, alias: str):
        try:
            await Note.objects.using(alias).acount()
        except OperationalError as error:
            return {"message": str(error)}
        return {"message": "nothing was raised"}

    @api.get
    async def long(self):
        return {"found": [note.text async for note in slowly()]}

    @api.get("sleep/{alias}/{seconds}")
    async def sleep(self, alias: str, seconds: float):
        return {"found": [note.slept async for note in slowly(seconds).using(alias)[:1]]}


class RootAPI(api.API):
    plain: PlainAPI
    if ASYNCHRONOUS:
        awaited: AwaitedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def settings(self):
        from django.conf import settings

        return {"databases": json.loads(json.dumps(settings.DATABASES, default=str))}


app = service.application()


def write_down_connections():
    """How many connections of this process there are, asked over a new one."""
    left = connections.create_connection("default")
    until = time.monotonic() + FORGOTTEN_SECONDS
    with left.cursor() as cursor:
        while True:
            cursor.execute(CONNECTIONS, [NONCE])
            event = {"event": "left", "connections": cursor.fetchone()[0]}
            if not event["connections"] or time.monotonic() > until:
                break
            time.sleep(0.02)
    left.close()
    with open(setting("EVENTS"), "a") as journal:
        journal.write(json.dumps(event) + "\n")


if __name__ == "__main__":
    service.run()
    write_down_connections()
