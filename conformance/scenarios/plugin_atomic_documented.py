"""Endpoints in transactions by `orm.Atomic`, as the guides have it: of the databases of plugin_atomic_notes.py."""

from plugin_atomic_notes import ALIASES, AWAITED, end, note_of, with_databases
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.core import api, orm
from utilmeta.utils.exceptions import PermissionDenied

service = with_databases(
    UtilMeta(
        __name__,
        name="plugin_atomic_documented",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
    )
)
service.setup()
Note = note_of("plugin_atomic_documented")

if AWAITED:

    async def write(alias, word):
        await Note.objects.using(alias).acreate(word=word)

    class WritingAPI(api.API):
        @api.post("endpoint/{word}")
        @orm.Atomic("default")
        async def endpoint(self, word: str):
            await write("default", word)
            return end(self.request, PermissionDenied)

        @api.get("notes/{word}")
        async def notes(self, word: str):
            return {each: await Note.objects.using(each).filter(word=word).acount() for each in ALIASES}

        @api.get
        async def nonce(self):
            return NONCE

    @orm.Atomic("other")
    class AtomicAPI(api.API):
        @api.post("{word}")
        async def write(self, word: str):
            await write("other", word)
            return end(self.request, PermissionDenied)

else:

    def write(alias, word):
        Note.objects.using(alias).create(word=word)

    class WritingAPI(api.API):
        @api.post("endpoint/{word}")
        @orm.Atomic("default")
        def endpoint(self, word: str):
            write("default", word)
            return end(self.request, PermissionDenied)

        @api.get("notes/{word}")
        def notes(self, word: str):
            return {each: Note.objects.using(each).filter(word=word).count() for each in ALIASES}

        @api.get
        def nonce(self):
            return NONCE

    @orm.Atomic("other")
    class AtomicAPI(api.API):
        @api.post("{word}")
        def write(self, word: str):
            write("other", word)
            return end(self.request, PermissionDenied)


class RootAPI(WritingAPI):
    whole: AtomicAPI


service.mount(RootAPI, route="/api")
app = service.application()
