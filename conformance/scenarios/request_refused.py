"""An endpoint with parameters, and a handler of the errors that they make."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.utils.exceptions import BadRequest


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def number(self, n: int, word: str = ""):
        return {"n": n, "word": word}

    @api.handle(number, BadRequest)
    def refused(self, error):
        return {"handled": error.type.__name__, "detail": str(error.exception.detail)}


service = with_a_key(
    UtilMeta(__name__, name="refused", backend=BACKEND, api=RootAPI, asynchronous=ASYNCHRONOUS, route="/api")
)

app = service.application()
