"""Probe: processes of one service that migrate its databases at the same time, and the locks that they use.

Each process is forked from one in which the service is set up. Locks of a cache that is kept in a database are taken
at the same time, too.
"""

import json
import os
import signal
import stat
import tempfile
import threading
import time
from pathlib import Path

from scenario import ASYNCHRONOUS, BACKEND
from utilmeta import UtilMeta
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

PATIENCE_SECONDS = 8  # which only what waits for ever takes


def at_once(workers, databases, schema):
    """What each of so many workers raises, None where it ends well; then, of each database, how often the migration
    was applied and how many rows it has made. `schema` is made in `default`, which is to have its tables there. Then
    what becomes of `lock_files`, and of `takers` of an expired lock."""
    service = UtilMeta(
        __name__, name="database_concurrent_migration", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False
    )
    service.use(DjangoSettings(secret_key="key of a probe", apps=["slow_migration"]))
    service.use(DatabaseConnections({alias: Database(**entry) for alias, entry in databases.items()}))
    service.use(CacheConnections({"default": Cache(engine="db", location="kept")}))
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
    outcome = {"raised": raised, **{alias: found(alias) for alias in databases}}
    migrate = service.get_config(DatabaseConnections).migrate
    files, linked, mode = lock_files(migrate)
    locks = {"files": files, "linked": linked, "mode": mode, "fifo": lock_fifo(migrate)}
    return {"workers": outcome, **locks, "lock": takers(service, workers)}


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
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'slow_migration'")
        applied = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM slow_migration_parcel")
        return {"applied": applied, "rows": cursor.fetchone()[0]}


def lock_files(migrate):
    """Of a migration of `file`: what it leaves among the temporary files, what of the user's state others may use, and
    what it made of links that it found in place of its own; this once more by itself, and the mode of the directory,
    0o751 before, that they lead to."""
    state, temporary, foreign = (Path(tempfile.mkdtemp()) for _ in range(3))
    foreign.chmod(0o751)
    os.environ["XDG_STATE_HOME"] = str(state)
    tempfile.tempdir = str(temporary)
    migrate("file")
    kept = sorted(state.rglob("*"))
    open_to_others = [str(path.relative_to(state)) for path in kept if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    files = [path for path in kept if path.is_file()]
    for file in files:
        file.unlink()
        file.symlink_to(foreign / "made")
    quietly(migrate, "file")
    for file in files:
        file.unlink()
        file.parent.rmdir()
        file.parent.symlink_to(foreign)
    quietly(migrate, "file")
    linked = [file.name for file in foreign.iterdir()]
    left = [file.name for file in temporary.iterdir()] + linked
    return {"elsewhere": left, "open": open_to_others}, linked, oct(stat.S_IMODE(foreign.stat().st_mode))


def lock_fifo(migrate):
    """Whether a migration of `file` comes to an end where a FIFO lies in place of each file that the one before has
    left in the user's state directory; how many those are."""
    state = Path(tempfile.mkdtemp())
    os.environ["XDG_STATE_HOME"] = str(state)
    migrate("file")
    files = [path for path in state.rglob("*") if path.is_file()]
    for file in files:
        file.unlink()
        os.mkfifo(file, 0o600)
    found = {"ended": True, "planted": len(files)}

    def give_up(number, frame):
        found["ended"] = False
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    quietly(migrate, "file")
    signal.setitimer(signal.ITIMER_REAL, 0)
    return found


def quietly(function, *arguments):
    try:
        function(*arguments)
    except Exception:  # noqa: BLE001 - whether it is refused is not what the check asks about
        return


def error_of(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return f"{type(error).__name__}: {error}"


def takers(service, number):
    """How many of those who try at once to take over an expired lock have it then: all have looked at it before any of
    them can change it, and whoever has it keeps it until all have tried. And what it raises to leave another that has
    expired, which nobody took."""
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("createcachetable", verbosity=0)
    cache = service.get_config(CacheConnections)["default"]
    cache.lock("report", timeout=1).__enter__()
    late = cache.lock("late", timeout=30)
    late.__enter__()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kept SET expires = now() - interval '1 hour'")
    left = error_of(late.__exit__, None, None, None)
    owners, refused = [], []

    def take():
        until = time.monotonic() + 3
        try:
            with cache.lock("report", timeout=30, wait=0):
                owners.append(threading.get_ident())
                while len(owners) + len(refused) < number and time.monotonic() < until:
                    time.sleep(0.01)
        except Exception as error:  # noqa: BLE001 - that another one has the lock, or that one has given it back
            if threading.get_ident() not in owners:
                refused.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    holding = connections.create_connection("default")
    holding.set_autocommit(False)
    threads = [threading.Thread(target=take) for _ in range(number)]
    with holding.cursor() as held, connection.cursor() as looking:
        held.execute("SELECT * FROM kept FOR UPDATE")
        for thread in threads:
            thread.start()
        until = time.monotonic() + 3
        while time.monotonic() < until:
            looking.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if looking.fetchone()[0] >= number:
                break
            time.sleep(0.01)
    holding.rollback()
    holding.close()
    for thread in threads:
        thread.join()
    return {"owners": len(owners), "refused": refused, "left": left}
