"""Workers of one service that all migrate its databases as they start: each forked from one that is set up."""

import json
import os

from scenario import ASYNCHRONOUS, BACKEND
from utilmeta import UtilMeta
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings


def at_once(workers, databases, schema):
    """What each of so many workers raises, None where it ends well; then, of each database, how often the migration
    was applied and how many rows it has made. `schema` is made in `default`, which is to have its tables there."""
    service = UtilMeta(__name__, name="migrating", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False)
    service.use(DjangoSettings(secret_key="key of a probe", apps=["moved"]))
    service.use(DatabaseConnections({alias: Database(**entry) for alias, entry in databases.items()}))
    service.setup()
    import django.core.management.commands.migrate  # noqa: F401 - once, before the workers are forked
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    connection.close()
    reading, writing = os.pipe()
    started = [start(service, databases, reading, writing) for _ in range(workers)]
    os.close(writing)  # what all of them wait for
    os.close(reading)
    raised = []
    for pid, answer in started:
        with os.fdopen(answer) as pipe:
            raised.append(json.loads(pipe.read() or '"it ended without a word"'))
        os.waitpid(pid, 0)
    return {"raised": raised, **{alias: found(alias) for alias in databases}}


def start(service, databases, waiting, other):
    """A worker, and the pipe on which it says how it went."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(other)
    os.read(waiting, 1)
    try:
        for alias in databases:
            service.get_config(DatabaseConnections).migrate(alias)
        outcome = None
    except BaseException as error:  # noqa: BLE001 - it is what the check asks about
        outcome = f"{type(error).__name__}: {error}"
    with os.fdopen(writing, "w") as pipe:
        json.dump(outcome, pipe)
    os._exit(0)


def found(alias):
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'moved'")
        applied = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM moved_parcel")
        return {"applied": applied, "rows": cursor.fetchone()[0]}
