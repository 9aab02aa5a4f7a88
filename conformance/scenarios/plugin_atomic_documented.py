"""Endpoints in transactions by `orm.Atomic`, as the guides have it: of the SQLite files `default` and `other`.

On an asynchronous variant the endpoints are `async def`; SCENARIO_PLAIN has them plain.
"""

import os
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, queried, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, orm
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.utils.exceptions import PermissionDenied

AWAITED = ASYNCHRONOUS and "SCENARIO_PLAIN" not in os.environ
FILES = tempfile.mkdtemp()

service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_atomic_documented",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
    )
)
databases = {alias: Database(engine="sqlite3", name=os.path.join(FILES, alias)) for alias in ("default", "other")}
service.use(DatabaseConnections(databases))
service.setup()
from django.db import connections, models  # noqa: E402


class Note(models.Model):
    word = models.TextField()

    class Meta:
        app_label = "plugin_atomic_documented"
        db_table = "note"


for each in databases:
    with connections[each].schema_editor() as editor:
        editor.create_model(Note)
connections.close_all()


def end(request):
    """What an endpoint does after it has written."""
    if queried(request, "fails"):
        raise PermissionDenied("after it was written")
    return {"word": NONCE}


if AWAITED:

    async def write(alias, word):
        await Note.objects.using(alias).acreate(word=word)

    class WritingAPI(api.API):
        @api.post("endpoint/{word}")
        @orm.Atomic("default")
        async def endpoint(self, word: str):
            await write("default", word)
            return end(self.request)

        @api.get("notes/{word}")
        async def notes(self, word: str):
            return {each: await Note.objects.using(each).filter(word=word).acount() for each in databases}

        @api.get
        async def nonce(self):
            return NONCE

    @orm.Atomic("other")
    class AtomicAPI(api.API):
        @api.post("{word}")
        async def write(self, word: str):
            await write("other", word)
            return end(self.request)

else:

    def write(alias, word):
        Note.objects.using(alias).create(word=word)

    class WritingAPI(api.API):
        @api.post("endpoint/{word}")
        @orm.Atomic("default")
        def endpoint(self, word: str):
            write("default", word)
            return end(self.request)

        @api.get("notes/{word}")
        def notes(self, word: str):
            return {each: Note.objects.using(each).filter(word=word).count() for each in databases}

        @api.get
        def nonce(self):
            return NONCE

    @orm.Atomic("other")
    class AtomicAPI(api.API):
        @api.post("{word}")
        def write(self, word: str):
            write("other", word)
            return end(self.request)


class RootAPI(WritingAPI):
    whole: AtomicAPI


service.mount(RootAPI, route="/api")
app = service.application()
