"""Templates that after hooks, endpoints and classes around each other annotate or declare."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict


class Listed(Response):
    result_key = "items"
    message_key = "note"


class Kept(Response):
    result_key = "kept"


class NearestAPI(api.API):
    """Mounted as `nearest`: the annotations of an endpoint and of hooks, and the template of the class."""

    class response(Response):
        result_key = "of_class"

    @api.get
    @in_mode
    def hooked(self, word: str):
        return word

    @api.get
    @in_mode
    def own(self, word: str) -> Kept:
        return word

    @api.get
    @in_mode
    def failing(self, word: str):
        raise Conflict(word)

    @api.get
    @in_mode
    def none(self, word: str):
        return word

    @api.after(hooked, own, failing)
    @in_mode
    def first(self, response: Response) -> Listed:
        pass

    @api.after(hooked)
    @in_mode
    def second(self, response: Response) -> Kept:
        pass


class AroundAPI(api.API):
    """Mounted as `around`: what it mounts has a template, and it has a hook with another one."""

    nearest: NearestAPI

    @api.get
    @in_mode
    def outer(self, word: str):
        return word

    @api.after("*")
    @in_mode
    def kept(self, response: Response) -> Kept:
        pass


class RootAPI(api.API):
    around: AroundAPI
    nearest: NearestAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_hook_annotations",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
