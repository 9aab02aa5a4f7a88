"""Databases: what becomes of their connections. One process a service: scripts."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest
import script

from utilmeta.core.orm.silence import SSL_REQUEST, answers, watching

HEAD = """
import os, sqlite3, sys, threading
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections

def service_of(root, backend="flask", **databases):
    service = UtilMeta("__main__", backend=backend, asynchronous=True, api=root)
    service.use(DatabaseConnections({"default": Database(engine="sqlite3", name="kept.sqlite3"), **databases}))
    service.setup()
    return service

def query():
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        return cursor.fetchone()[0]
"""


def passes(folder: Path, text: str) -> str:
    done = script.passes(folder, text, head=HEAD, cwd=folder.parent)
    return done.stdout + done.stderr


def test_a_database_by_itself_is_no_configuration(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service = UtilMeta("__main__", backend="flask")
        try:
            service.use(Database(engine="sqlite3", name="n"))
        except TypeError as error:
            assert "not a Database" in str(error), error
        else:
            raise AssertionError
        """,
    )


def test_only_a_service_that_uses_databases_imports_django(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service = UtilMeta("__main__", backend="flask")
        service.application()
        assert not [name for name in sys.modules if name.partition(".")[0] in ("django", "asgiref", "psycopg")]
        """,
    )


def test_the_settings_are_djangos_and_nothing_connects(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service = service_of(api.API)
        service.application()
        from django.conf import settings
        from django.db import connection
        assert settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
        assert not os.path.exists(settings.DATABASES["default"]["NAME"])
        assert query() == 7 and connection.vendor == "sqlite"
        assert os.path.dirname(settings.DATABASES["default"]["NAME"]) == os.path.dirname(__file__)
        """,
    )


def test_a_plain_endpoint_leaves_no_connection_open(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import connection
        class RootAPI(api.API):
            @api.get
            def plain(self):
                return {"seven": query()}
        service = service_of(RootAPI)
        client = service.application().test_client()
        assert client.get("/plain").json == {"seven": 7}
        assert connection.connection is None
        """,
    )


def test_a_plain_endpoint_keeps_a_connection_for_as_long_as_it_may(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import connections
        class RootAPI(api.API):
            @api.get
            def plain(self):
                with connections["kept"].cursor() as cursor:
                    cursor.execute("SELECT 7")
                return {"seven": 7}
        service = service_of(RootAPI, kept=Database(engine="sqlite3", name="other.sqlite3", conn_max_age=60))
        client = service.application().test_client()
        client.get("/plain")
        first = connections["kept"].connection
        client.get("/plain")
        assert first is not None and connections["kept"].connection is first
        service._state.lifecycle.stop()
        assert connections["kept"].connection is None
        """,
    )


def test_an_awaited_endpoint_has_a_thread_of_its_own_when_it_uses_the_orm(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import connection
        threads, kept = [], []
        def look():
            threads.append(threading.current_thread())
            kept.append(connection._connections[connection._alias])
            return query()
        class RootAPI(api.API):
            @api.get
            async def used(self):
                from asgiref.sync import sync_to_async
                return {"seven": [await sync_to_async(look)(), await sync_to_async(look)()]}
        client = service_of(RootAPI).application().test_client()
        assert client.get("/used").json == {"seven": [7, 7]}
        assert client.get("/used").json == {"seven": [7, 7]}
        assert threads[0] is threads[1] and threads[2] is threads[3] and threads[0] is not threads[2]
        for thread in threads:
            thread.join(5)
        assert all(each.connection is None for each in kept)
        assert not any(thread.is_alive() for thread in threads)
        """,
    )


def test_hooks_leave_no_connection_open(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from asgiref.sync import sync_to_async
        service = service_of(api.API, kept=Database(engine="sqlite3", name="other.sqlite3", conn_max_age=None))
        from utilmeta.core.orm.connection import made
        @service.on_startup
        def plain():
            query()
        @service.on_startup
        async def awaited():
            await sync_to_async(query)()
        service.application().test_client().get("/")
        assert made and all(each.connection is None for each in made)
        """,
    )


def test_a_hook_under_gevent_leaves_alone_what_was_made_before_threads_were_patched(tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    passes(
        tmp_path,
        """
        service = service_of(api.API)
        from django.db import connections
        connections["default"]  # as a model does when it is imported
        ran = []
        service.on_startup(lambda: ran.append(1))
        client = service.application().test_client()
        from gevent import monkey
        monkey.patch_all()
        import gevent
        assert gevent.spawn(client.get, "/").get(timeout=10).status_code == 404
        assert ran == [1]
        """,
    )


def test_a_database_that_cannot_be_used_is_a_503_and_logged(tmp_path: Path) -> None:
    said = passes(
        tmp_path,
        """
        from django.db import OperationalError, connections
        class RootAPI(api.API):
            @api.get
            def there(self):
                return {"count": connections["gone"].cursor()}
        service = service_of(RootAPI, gone=Database(engine="sqlite3", name="no/such/folder.sqlite3"))
        answer = service.application().test_client().get("/there")
        assert answer.status_code == 503, answer.text
        assert "the database 'gone' at " in answer.json["detail"] and "folder.sqlite3" in answer.json["detail"]
        try:
            connections["gone"].cursor()
        except OperationalError as error:
            assert (error.alias, error.address[-14:]) == ("gone", "folder.sqlite3")
        try:
            connections["default"].cursor().execute("SELECT nothing")
        except OperationalError as error:
            assert type(error) is OperationalError
        """,
    )
    assert "the database 'gone' at " in said
    assert "Traceback" in said


def test_the_text_of_a_driver_is_left_out_where_it_holds_the_password(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service_of(api.API)
        from utilmeta.core.orm.error import address_of, reason_of
        entry = {"ENGINE": "django.db.backends.postgresql", "USER": "u", "NAME": "n", "HOST": "::1", "PORT": 1}
        assert address_of(entry) == "[::1]:1"
        assert address_of({**entry, "HOST": "", "PORT": ""}) == "its local address:5432"
        assert reason_of(ValueError("no pqrs here"), {**entry, "PASSWORD": "pqrs"}) == "ValueError"
        assert reason_of(ValueError("no u\\n\\there"), {**entry, "PASSWORD": "u"}) == "no u here"
        assert reason_of(ValueError("none"), {**entry, "PASSWORD": ""}) == "none"
        """,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_forked_process_has_connections_of_its_own(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service_of(api.API)
        from django.db import connection
        from utilmeta.core.orm import connection as ours
        query()
        native, pool = connection.connection, object()
        from django.db.backends.postgresql.base import DatabaseWrapper
        DatabaseWrapper._connection_pools["a"] = pool
        child = os.fork()
        if child == 0:
            ok = connection.connection is None and query() == 7 and connection.connection is not native
            ok = ok and not DatabaseWrapper._connection_pools and native.execute("SELECT 8").fetchone() == (8,)
            os._exit(0 if ok else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert connection.connection is native and DatabaseWrapper._connection_pools.pop("a") is pool
        assert query() == 7
        """,
    )


def test_a_driver_that_is_missing_is_an_error_of_setup_with_the_pip_command(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        import importlib.util, os
        os.environ["UTILMETA_DEPENDENCIES_AUTO_INSTALL_DISABLED"] = "1"
        native = importlib.util.find_spec
        importlib.util.find_spec = lambda name, *more: None if name.startswith("psycopg") else native(name, *more)
        from utilmeta.utils.exceptions import DependencyMissing
        service = UtilMeta("__main__", backend="flask", production=True)
        service.use(DatabaseConnections({"default": Database(engine="postgresql", name="n")}))
        try:
            service.setup()
        except DependencyMissing as error:
            assert "pip install 'psycopg[binary]" in str(error), error
        else:
            raise AssertionError
        """,
    )


@pytest.mark.parametrize(("engine", "reason"), [("nowhere.engine", "nowhere.engine"), ("mysql", "MySQLdb")])
def test_an_engine_that_cannot_be_imported_is_an_error_of_setup_naming_the_alias(
    tmp_path: Path, engine: str, reason: str
) -> None:
    passes(
        tmp_path,
        f"""
        from utilmeta.utils.exceptions import ServiceError
        sys.modules["MySQLdb"] = None
        try:
            service_of(None, kept=Database(engine={engine!r}, name="n"))
        except ServiceError as error:
            assert "'kept'" in str(error) and {reason!r} in str(error), error
        else:
            raise AssertionError
        """,
    )


def test_under_gevent_async_code_has_a_thread_of_the_system_for_the_orm_too(tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    passes(
        tmp_path,
        """
        from gevent import monkey
        monkey.patch_all()
        import gevent
        from asgiref.sync import sync_to_async
        from utilmeta.core.orm.scope import in_own_thread
        from utilmeta.core.concurrency.portal import Portal
        service_of(None)

        @in_own_thread
        async def ask():
            first, second = [await sync_to_async(threading.get_native_id)() for _ in range(2)]
            return await sync_to_async(query)(), first == second, first != threading.get_native_id()

        @in_own_thread
        async def nothing():
            return "nothing"

        settle = Portal().settle
        assert settle(nothing()) == "nothing"
        before = set(os.listdir("/proc/self/task")) if sys.platform == "linux" else set()
        asking = [gevent.spawn(settle, ask()) for _ in range(3)]
        gevent.joinall(asking, timeout=10)
        assert [greenlet.value for greenlet in asking] == [(7, True, True)] * 3, asking
        with gevent.Timeout(5):
            while before and set(os.listdir("/proc/self/task")) - before:
                gevent.sleep(0.01)
        """,
    )


# --- a server that hangs (DATABASE-11) ---


def test_a_wait_asks_for_a_sign_of_life_after_each_silence_and_only_then() -> None:
    asked: list[float] = []

    def query() -> Generator[str, int | None, str]:
        for _ in range(3):
            while not (yield "R"):
                continue
        return "row"

    waiting = watching(query(), 0.05, lambda: asked.append(time.monotonic()))
    assert next(waiting) == "R"
    for _ in range(10):
        assert waiting.send(0) == "R"
    assert asked == []
    time.sleep(0.06)
    assert waiting.send(1) == "R"  # something came: it is alive
    assert waiting.send(0) == "R"
    assert asked == []
    for _ in range(2):
        time.sleep(0.06)
        waiting.send(0)
    assert len(asked) == 2
    waiting.send(1)
    with pytest.raises(StopIteration) as end:
        waiting.send(1)
    assert end.value.value == "row"


@pytest.mark.parametrize("alive", [True, False])
def test_who_accepts_a_connection_and_says_nothing_is_not_alive(alive: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        server.accept()[0].close()

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(8) == SSL_REQUEST
                connection.sendall(b"N" if alive else b"")
                connection.recv(1)

        thread = threading.Thread(target=answer)
        thread.start()
        assert answers(client.fileno(), 0.5) is alive
        thread.join(5)
    assert answers(-1, 0.5) is False


def test_a_pool_that_cannot_be_made_is_an_error_of_setup_naming_the_alias(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core.orm import database
        from utilmeta.utils.exceptions import ServiceError
        assert database.check_pool("a", {"min_size": 1, "max_size": 5, "timeout": 1}) is None
        for options, said in (
            ({"most": 5}, "'most'"),
            ({"min_size": 5, "max_size": 1}, "max_size must be greater"),
            ({"check": None}, "'check'"),
        ):
            try:
                database.check_pool("crowd", options)
            except ServiceError as error:
                assert "the database 'crowd'" in str(error) and said in str(error), error
            else:
                raise AssertionError(options)
        """,
    )
