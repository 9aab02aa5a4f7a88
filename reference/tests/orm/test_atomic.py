"""Requests in transactions (DATABASE-10), where no check looks. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path

import script

HEAD = """
import os, sqlite3, sys, threading, time
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.response import Response

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kept.sqlite3")
made = sqlite3.connect(FILE)
made.execute("CREATE TABLE note (word text)")
made.close()

def service_of(root, backend="flask", asynchronous=False, **options):
    service = UtilMeta("__main__", backend=backend, asynchronous=asynchronous, api=root)
    options = {"engine": "sqlite3", "name": FILE, "atomic_requests": True, **options}
    service.use(DatabaseConnections({"default": Database(**options)}))
    service.setup()
    return service

def write(word):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (%s)", [word])

def kept():
    with sqlite3.connect(FILE) as opened:
        return [word for word, in opened.execute("SELECT word FROM note")]
"""


def passes(folder: Path, text: str) -> str:
    done = script.passes(folder, text, head=HEAD, cwd=folder.parent)
    return done.stdout + done.stderr


def test_what_is_no_exception_rolls_back_too(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        class Ended(BaseException):
            pass
        class RootAPI(api.API):
            @api.get
            def ends(self):
                write("a")
                raise Ended
        service = service_of(RootAPI)
        application = service.application()
        try:
            application.test_client().get("/ends")
        except BaseException as error:
            assert isinstance(error, Ended)
        assert kept() == []
        """,
    )


def test_what_a_plugin_alone_answers_is_rolled_back(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        class Calm(api.Plugin):
            def handle_error(self, error):
                write("plugin")
                return "calm"
        @Calm()
        class RootAPI(api.API):
            @api.get
            def fails(self):
                write("endpoint")
                raise ValueError
        client = service_of(RootAPI).application().test_client()
        assert client.get("/fails").text == "calm"
        assert kept() == ["plugin"]
        """,
    )


def test_a_block_of_the_endpoints_own_rolls_back_alone(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import transaction
        class RootAPI(api.API):
            @api.get
            def nested(self):
                write("outside")
                try:
                    with transaction.atomic():
                        write("inside")
                        raise ValueError
                except ValueError:
                    return "ok"
        client = service_of(RootAPI).application().test_client()
        assert client.get("/nested").text == "ok"
        assert kept() == ["outside"]
        """,
    )


def test_a_mark_of_a_class_is_of_all_its_endpoints(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import connection, transaction
        class InnerAPI(api.API):
            @api.get
            def inside(self):
                return {"atomic": connection.in_atomic_block}
        @transaction.non_atomic_requests
        class RootAPI(api.API):
            inner: InnerAPI
        client = service_of(RootAPI).application().test_client()
        assert client.get("/inner/inside").json == {"atomic": False}
        """,
    )


def test_a_database_that_is_down_is_the_503_that_it_is_without(tmp_path: Path) -> None:
    said = passes(
        tmp_path,
        """
        class RootAPI(api.API):
            @api.get
            def never(self):
                raise AssertionError("it ran")
        service = service_of(RootAPI, name="no/such/folder.sqlite3")
        answer = service.application().test_client().get("/never")
        assert answer.status_code == 503, answer.text
        assert "the database 'default' at " in answer.json["detail"]
        """,
    )
    assert "the database 'default' at " in said


def test_a_handler_answers_for_a_database_that_went_down(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import OperationalError, connection
        class RootAPI(api.API):
            @api.get
            def lost(self):
                write("a")
                os.rename(FILE, FILE + ".gone")
                os.mkdir(FILE)
                connection.connection.close()  # as its server may
                write("b")

            @api.handle("*", Exception)
            def calm(self, error):
                return {"lost": type(error.exception).__name__}
        client = service_of(RootAPI).application().test_client()
        answer = client.get("/lost")
        assert answer.status_code == 200, answer.text
        os.rmdir(FILE)
        os.rename(FILE + ".gone", FILE)
        assert kept() == []
        """,
    )


def test_results_of_every_kind_are_sent_as_they_are_without(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import transaction
        from utilmeta.utils.exceptions import NotFound
        class Wrapped(Response):
            result_key = "data"
            message_key = "message"
        RESULTS = {
            "text": "a", "bytes": b"b", "none": None, "list": [1, "ü"], "zero": 0, "false": False,
            "response": Response({"a": 1}, 201, headers={"X-A": "b"}), "typed": Response([1], content_type="text/json"),
            "bytes response": Response(b"c", 202), "empty": Response(status=204),
            "error": Response(error=NotFound("x")),
            "template": Wrapped([1], 203, message="m"), "reset": Response([1], 205),
        }
        class RootAPI(api.API):
            @api.get("one/{name}")
            def one(self, name: str):
                return RESULTS[name]
            @api.get("other/{name}")
            @transaction.non_atomic_requests
            def other(self, name: str):
                return RESULTS[name]
        client = service_of(RootAPI).application().test_client()
        for name in RESULTS:
            one, other = (client.get(f"/{path}/{name}") for path in ("one", "other"))
            assert (one.status, one.data) == (other.status, other.data), name
            assert {**one.headers, "X-Request-ID": ""} == {**other.headers, "X-Request-ID": ""}, name
        """,
    )


def test_a_commit_that_began_in_time_is_waited_for(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.db import connection
        class RootAPI(api.API):
            @api.get(timeout=0.3)
            def slow(self):
                write("a")
                native = connection.commit
                def commit():
                    time.sleep(0.6)
                    native()
                connection.commit = commit
                return "kept"
        client = service_of(RootAPI).application().test_client()
        answer = client.get("/slow")
        assert (answer.status_code, answer.text) == (200, "kept")
        assert kept() == ["a"]
        """,
    )


def test_databases_of_a_settings_module_ask_too_and_their_connections_are_closed(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "SECRET_KEY = 'k'\nimport os\n"
        "FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kept.sqlite3')\n"
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': FILE, 'ATOMIC_REQUESTS': True}}\n"
    )
    passes(
        tmp_path,
        """
        from utilmeta.core.server.backends.django import DjangoSettings
        class RootAPI(api.API):
            @api.get
            def fails(self):
                from django.db import connections
                write("a")
                state.append(connections["default"])
                raise ValueError
        state = []
        service = UtilMeta("__main__", backend="flask", api=RootAPI)
        service.use(DjangoSettings(module_name="mine"))
        client = service.application().test_client()
        assert client.get("/fails").status_code == 500
        assert kept() == []
        assert state[0].connection is None
        """,
    )


def test_nothing_is_around_an_endpoint_where_no_database_asks(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        class RootAPI(api.API):
            @api.get
            def plain(self):
                return "ok"
        client = service_of(RootAPI, atomic_requests=False).application().test_client()
        from utilmeta.core.orm import atomic
        atomic.RequestTransaction = None
        assert client.get("/plain").status_code == 200
        """,
    )


# --- orm.Atomic ---


def test_an_async_def_is_in_a_transaction_that_its_hooks_are_not_in(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from asgiref.sync import sync_to_async
        from utilmeta.core import orm
        class RootAPI(api.API):
            @api.before("*")
            def earlier(self):
                write("hook")
            @api.get
            @orm.Atomic()
            async def fails(self, kind: str):
                await sync_to_async(write)("endpoint")
                raise ValueError
            @api.handle("*", ValueError)
            def answer(self, error):
                return "handled"
            @api.get
            @orm.Atomic()
            async def ends(self):
                await sync_to_async(write)("endpoint")
                return "ended"
        client = service_of(RootAPI, "flask", True, atomic_requests=False).application().test_client()
        assert "handled" in client.get("/fails?kind=raised").text
        assert kept() == ["hook"], kept()
        assert "ended" in client.get("/ends").text
        assert kept() == ["hook"] * 2 + ["endpoint"], kept()
        """,
    )


# One work in a plain function alone, in one beside an async def, and in each kind of async def.
KINDS = """
from functools import wraps
from asgiref.sync import sync_to_async
from utilmeta.core import orm

def hides(function):
    @wraps(function)
    def inner(self):
        return function(self)
    return inner

def awaits(function):
    @wraps(function)
    async def inner(self):
        return await sync_to_async(function)(self)
    return inner

def kinds_of(work, *aliases, **options):
    def atomic(function):
        for alias in aliases or ("default",):
            function = orm.Atomic(alias)(function)
        return api.get(**options)(function)
    class BesideAPI(api.API):
        @api.before("*")
        async def early(self):
            pass
        @atomic
        def plain(self):
            return work()
    class RootAPI(api.API):
        beside: BesideAPI
        @atomic
        def plain(self):
            return work()
        @atomic
        async def waits(self):
            return await sync_to_async(work)()
        @atomic
        @hides
        async def hidden(self):
            return await sync_to_async(work)()
        @atomic
        @awaits
        def awaited(self):
            return work()
    return RootAPI

PATHS = ("/plain", "/beside/plain", "/waits", "/hidden", "/awaited")
"""


def test_each_kind_of_function_is_in_its_transaction(tmp_path: Path) -> None:
    passes(
        tmp_path,
        KINDS
        + """
def work():
    write(words[0])
    if words[0] == "fails":
        raise ValueError("own")
    return words[0]
client = service_of(kinds_of(work), "flask", True, atomic_requests=False).application().test_client()
for path in PATHS:
    words = ["fails"]
    assert "own" in client.get(path).json["detail"], path
    words = [path]
    assert client.get(path).text == path
assert kept() == list(PATHS), kept()
""",
    )


def test_each_kind_of_function_commits_its_databases_in_the_same_order(tmp_path: Path) -> None:
    passes(
        tmp_path,
        KINDS
        + """
from django.db import connections
order = []
def work():
    for alias in ("default", "other"):
        native = connections[alias].commit
        connections[alias].commit = lambda alias=alias, native=native: (order.append(alias), native())
    return "done"
service = UtilMeta("__main__", backend="flask", asynchronous=True, api=kinds_of(work, "default", "other"))
service.use(DatabaseConnections({alias: Database(name="file:%s?mode=memory" % alias, engine="sqlite3")
                                 for alias in ("default", "other")}))
client = service.application().test_client()
for path in PATHS:
    assert client.get(path).text == "done", client.get(path).text
assert order == ["default", "other"] * len(PATHS), order
""",
    )


def test_a_connection_that_is_lost_hides_no_error_of_the_endpoint(tmp_path: Path) -> None:
    passes(
        tmp_path,
        KINDS
        + """
from django.db import OperationalError, connection
def down():
    raise OperationalError("lost")
def work():
    write("a")
    connection.rollback = connection.close = down
    raise ValueError("own")
client = service_of(kinds_of(work), "flask", True, atomic_requests=False).application().test_client()
for path in PATHS[1:]:
    answer = client.get(path)
    assert (answer.status_code, "own" in answer.json["detail"]) == (500, True), (path, answer.text)
""",
    )


def test_nothing_is_committed_after_the_timeout_that_an_async_def_is_around(tmp_path: Path) -> None:
    passes(
        tmp_path,
        KINDS
        + """
import asyncio
def work():
    write("a")
    time.sleep(0.5)
class Stubborn(kinds_of(work, timeout=0.2)):
    @api.get(timeout=0.2)
    @orm.Atomic()
    async def goes_on(self):
        await sync_to_async(write)("a")
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            return "after all"
client = service_of(Stubborn, "flask", True, atomic_requests=False).application().test_client()
for path in (*PATHS, "/goes_on"):
    assert client.get(path).status_code == 503, path
    time.sleep(0.6)  # until its work has ended, as there is one writer at a time
assert kept() == [], kept()
""",
    )


def test_a_commit_that_began_in_time_is_waited_for_in_an_async_def_too(tmp_path: Path) -> None:
    passes(
        tmp_path,
        KINDS
        + """
from django.db import connection
def work():
    write("a")
    native = connection.commit
    def commit():
        time.sleep(0.6)
        native()
    connection.commit = commit
    return "kept"
client = service_of(kinds_of(work, timeout=0.3), "flask", True, atomic_requests=False).application().test_client()
for number, path in enumerate(PATHS, 1):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, "kept"), (path, answer.text)
    assert kept() == ["a"] * number
""",
    )


def test_an_override_is_in_the_transaction_of_what_it_overrides(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core import orm
        class Base(api.API):
            @api.get
            @orm.Atomic()
            def fails(self):
                raise NotImplementedError
        class RootAPI(Base):
            def fails(self):
                write("endpoint")
                raise ValueError
        client = service_of(RootAPI, atomic_requests=False).application().test_client()
        assert client.get("/fails").status_code == 500
        assert kept() == []
        """,
    )


def test_atomic_is_refused_where_it_would_do_nothing(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core import orm
        def error(function, *arguments):
            try:
                function(*arguments)
            except Exception as raised:
                return f"{type(raised).__name__}: {raised}"
            raise AssertionError("nothing was raised")
        assert "Atomic takes the alias" in error(orm.Atomic, lambda self: None)
        assert "Atomic takes the alias" in error(orm.Atomic, "")
        assert "Atomic decorates" in error(orm.Atomic(), int)
        assert "Atomic decorates" in error(orm.Atomic(), "text")
        class RootAPI(api.API):
            @orm.Atomic()
            def helper(self):
                pass
            @api.get
            def hello(self):
                pass
        service = UtilMeta("__main__", backend="flask", api=RootAPI)
        assert "RootAPI.helper" in error(service.application)
        """,
    )
