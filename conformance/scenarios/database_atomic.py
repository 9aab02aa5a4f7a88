"""Requests in transactions: SQLite files `default` and `other` with ATOMIC_REQUESTS, and `free` without.

SCENARIO_SERVED is a `service`, one with `marked` `async def` endpoints too, or a `project` of Django's that has the API
among its URL patterns and says all of it in its own settings.
"""

import asyncio
import os
import tempfile
import threading

from database_atomic_answers import ANSWERS, UNSENDABLE
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict

ATOMIC = {"default": True, "other": True, "free": False}
TABLES = (
    "CREATE TABLE note (id integer PRIMARY KEY, word text NOT NULL)",
    "CREATE TABLE part (whole integer NOT NULL REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)",
)
LONGEST_SECONDS = 20
called = []  # by callbacks of transactions
parts = {}  # of an endpoint and what is around it, by its word: which of them were in which transactions
let_go = threading.Event()
late = {}
urlpatterns = []


def execute(alias, statement, *values):
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def write(word):
    for alias in ATOMIC:
        execute(alias, "INSERT INTO note (word) VALUES (%s)", word)


def written(word):
    """In a thread that is no request's."""
    from django.db import connections

    try:
        write(word)
    finally:
        connections.close_all()


def in_transaction():
    from django.db import connections

    return {alias: connections[alias].in_atomic_block for alias in ATOMIC}


def non_atomic(*aliases):
    """Django's mark, for each alias; it is imported when the class is made, and Django may be set up after that."""
    from django.db import transaction

    def mark(function):
        for alias in aliases:
            function = transaction.non_atomic_requests(using=alias)(function)
        return function

    return mark


def bare(function):
    from django.db import transaction

    return transaction.non_atomic_requests(function)


def leave(request, part):
    """A note of this part; it raises if that is what `fails` says."""
    word = queried(request, "word")
    write(f"{word} {part}")
    parts.setdefault(word, {})[part] = in_transaction()
    if queried(request, "fails") == part:
        raise ValueError(part)


class Around(api.Plugin):
    def process_request(self, request):
        leave(request, "request")

    def process_response(self, response):
        leave(response.request, "response")

    def handle_error(self, error):
        leave(error.request, "plugin")
        return {"handled": str(error.exception)}


@Around()
class HookedAPI(api.API):
    """Each part leaves a note; `fails` says which raises, and a handler answers."""

    def __init__(self, request):
        super().__init__(request)
        leave(request, "init")

    @api.before("*")
    def earlier(self):
        leave(self.request, "before")

    @api.after("*")
    def later(self, response):
        leave(self.request, "after")

    @api.handle("*", ValueError)
    def answer(self, error):
        leave(self.request, "handler")
        if queried(self.request, "twice"):
            raise LookupError("the handler")
        return {"handled": str(error.exception)}

    @api.handle("*", LookupError)
    def answer_again(self, error):
        leave(self.request, "second")
        return {"handled": "twice"}

    @api.post
    def endpoint(self):
        leave(self.request, "endpoint")
        return {"parts": "all"}


@Around()
class PluggedAPI(api.API):
    """No handler is there, so that the plugin answers."""

    @api.before("endpoint")
    def earlier(self):
        leave(self.request, "before")

    @api.post
    def endpoint(self):
        leave(self.request, "endpoint")
        return {"parts": "all"}

    @api.post
    def alone(self):
        leave(self.request, "endpoint")
        return {"parts": "all"}


class MarkedAPI(api.API):
    @api.post("without/{word}")
    @bare
    def without(self, word: str):
        return self.told(word)

    @non_atomic("other")
    @api.post("using/{word}")
    def using(self, word: str):
        return self.told(word)

    @api.post("fails/{word}")
    @non_atomic("default", "other")
    def fails(self, word: str):
        write(word)
        raise Conflict("after it was written")

    def told(self, word):
        write(word)
        return in_transaction()


class AnsweringAPI(api.API):
    """Mounted as `answering`: the same answers in transactions and without one."""

    @api.get("within/{kind}/{word}")
    def within(self, kind: str, word: str):
        return ANSWERS[kind](word)

    @api.get("without/{kind}/{word}")
    @non_atomic("default", "other")
    def without(self, kind: str, word: str):
        return ANSWERS[kind](word)

    @api.get
    def kinds(self):
        return {"kinds": list(ANSWERS)}


class AwaitedAPI(api.API):
    @api.post("marked/{word}")
    @non_atomic("default", "other")
    async def marked(self, word: str):
        await asyncio.to_thread(written, word)
        raise Conflict("after it was written")


class RootAPI(api.API):
    hooked: HookedAPI
    plugged: PluggedAPI
    marked: MarkedAPI
    answering: AnsweringAPI
    if os.environ.get("SCENARIO_SERVED") == "marked" and ASYNCHRONOUS:
        awaited: AwaitedAPI

    @api.get
    def nonce(self):
        return NONCE

    @api.get("parts/{word}")
    def parts(self, word: str):
        return parts[word]

    @api.get("notes/{alias}/{word}")
    def notes(self, alias: str, word: str):
        return {"notes": execute(alias, "SELECT word FROM note WHERE word LIKE %s ORDER BY id", f"{word}%")}

    @api.post("result/{word}")
    def result(self, word: str):
        write(word)
        return in_transaction()

    @api.get("result/{word}")
    def read_result(self, word: str):
        return self.result(word)

    @api.post("response/{status}/{word}")
    def respond(self, status: int, word: str):
        write(word)
        return Response({"word": word}, status=status)

    @api.get("changed/{kind}")
    def changed(self, kind: str, what: str, text: str):
        """A response of JSON, or a text, that was changed after it was built; `text` is in digits of its UTF-8."""
        text = bytes.fromhex(text).decode()
        write(queried(self.request, "word"))
        response = Response({"a": 1} if kind == "json" else "a")
        if what == "status":
            response.status = int(text)
        elif what == "content type":
            response.content_type = text
        else:
            name, value = (text, "1") if what == "name" else ("X-Changed", text)
            response.headers = {**dict(response.headers), name: value}
        return response

    @api.post("raises/{kind}/{word}")
    def raises(self, kind: str, word: str):
        write(word)
        if kind == "an HTTP error":
            raise Conflict("after it was written")
        raise RuntimeError("after it was written")

    @api.post("unsendable/{kind}/{word}")
    def unsendable(self, kind: str, word: str):
        write(word)
        return UNSENDABLE[kind]()

    @api.post("callback/{kind}/{word}")
    def callback(self, kind: str, word: str):
        from django.db import transaction

        write(word)
        transaction.on_commit(lambda: called.append([word, *in_transaction().values()]))
        if kind == "raises":
            raise Conflict("after it was written")
        return {"word": word, "called": self.calls(word)}

    @api.get("callbacks/{word}")
    def callbacks(self, word: str):
        return {"called": self.calls(word)}

    def calls(self, word):
        return [call for call in called if call[0] == word]

    @api.post("uncommitted/{word}")
    def uncommitted(self, word: str):
        write(word)
        execute("default", "INSERT INTO part (whole) VALUES (%s)", -1)
        return {"word": word}

    @api.post("late/{word}", timeout=0.1)
    def late(self, word: str):
        write(word)
        let_go.wait(LONGEST_SECONDS)
        late[word] = threading.current_thread()
        return {"word": word}

    @api.post("ended/{word}")
    def ended(self, word: str):
        let_go.set()
        thread = late.get(word)
        return {"ended": thread is not None and not thread.is_alive()}


def folder():
    """Where the databases are, with their tables."""
    import sqlite3

    found = tempfile.mkdtemp()
    for alias in ATOMIC:
        made = sqlite3.connect(os.path.join(found, alias))
        for statement in TABLES:
            made.execute(statement)
        made.close()
    return found


def service(root=None):
    made = UtilMeta(
        __name__,
        name="atomic",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=root,
        route="/api",
    )
    files = folder()
    databases = {
        alias: Database(
            engine="sqlite3", name=os.path.join(files, alias), **({"atomic_requests": True} if asks else {})
        )
        for alias, asks in ATOMIC.items()
    }
    return with_a_key(made).use(DatabaseConnections(databases))


def project():
    """A Django project that has the API among its URL patterns, and views of its own."""
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    files = folder()
    databases = {
        alias: {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(files, alias),
            **({"ATOMIC_REQUESTS": True} if asks else {}),
        }
        for alias, asks in ATOMIC.items()
    }
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=NONCE, DATABASES=databases)
    django.setup()

    def native(request, word):
        write(word)
        if request.GET.get("fails"):
            raise RuntimeError(word)
        return HttpResponse(",".join(alias for alias, atomic in in_transaction().items() if atomic))

    urlpatterns[:] = [
        path("native/<word>", native),
        RootAPI.__as__(django, route="api", asynchronous=ASYNCHRONOUS),
    ]
    return get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()


if os.environ.get("SCENARIO_SERVED") == "project":
    app = project()
elif "SCENARIO_SERVED" in os.environ:
    application = service("RootAPI")
    app = application.application()
