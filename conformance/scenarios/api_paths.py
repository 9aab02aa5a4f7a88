"""Endpoints at the path of another one, and a class whose route has options."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class ArticlesAPI(api.API):
    @api.post("{slug}/favorite")
    @in_mode
    def like(self, slug: str):
        return {"like": slug}

    @api.delete(like)
    @in_mode
    def unlike(self, slug: str):
        return {"unlike": slug}

    @api.get
    @in_mode
    def feed(self):
        return {"feed": NONCE}

    @api.put(feed)
    @in_mode
    def refresh(self):
        return {"refresh": NONCE}


class ShelfAPI(api.API):
    """Mounted as `shelf`: endpoints at the path of one that has no segment of its own."""

    @api.get("")
    @in_mode
    def books(self, word: str):
        return {"books": word}

    @api.delete(books)
    @in_mode
    def clear(self, word: str):
        return {"clear": word}


class CoreAPI(api.API):
    """Mounted as `core`: the same of one that a method is the name of."""

    @api.get
    @in_mode
    def get(self, word: str):
        return {"get": word}

    @api.patch(get)
    @in_mode
    def change(self, word: str):
        return {"change": word}


@api.route("described", summary="short", deprecated=True, private=False)
class DescribedAPI(api.API):
    @api.get
    @in_mode
    def leaf(self, word: str):
        return {"leaf": word}


class RootAPI(api.API):
    articles: ArticlesAPI
    other: DescribedAPI
    shelf: ShelfAPI
    core: CoreAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_paths",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
