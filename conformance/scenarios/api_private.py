"""An endpoint and an API class that are private, beside what is not."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class DeepestAPI(api.API):
    @api.get
    @in_mode
    def leaf(self, word: str):
        return {"deepest": word}


class DeepAPI(api.API):
    deepest: DeepestAPI

    @api.get
    @in_mode
    def leaf(self, word: str):
        return {"deep": word}


@api.route("hidden", private=True)
class HiddenAPI(api.API):
    deep: DeepAPI

    @in_mode
    def get(self, word: str):
        return {"hidden": word}

    @api.get
    @in_mode
    def leaf(self, word: str):
        return {"leaf": word}


class RootAPI(api.API):
    hidden: HiddenAPI
    deep: DeepAPI

    @api.get(private=True)
    @in_mode
    def shut(self, word: str):
        return {"shut": word}

    @api.get("shelf/{part}", private=True)
    @in_mode
    def shelf(self, part: str = ""):
        return {"part": part}

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_private",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
