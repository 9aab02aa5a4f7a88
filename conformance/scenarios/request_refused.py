"""Endpoints with parameters that have rules, and a handler of the errors that one of them makes."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.utils.exceptions import BadRequest


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def number(self, n: int, page: int = request.QueryParam(default=1, ge=1)):
        return {"n": n, "page": page}

    @api.post("ruled/{number}")
    @in_mode
    def ruled(
        self,
        number: int = request.PathParam(ge=1, lt=10),
        page: int = request.QueryParam(ge=1, lt=10),
        size: int = request.BodyParam(ge=1, lt=10),
    ):
        return {"path": number, "query": page, "body": size}

    @api.handle(number, BadRequest)
    def refused(self, error):
        return {"handled": error.type.__name__, "detail": bool(error.exception.detail)}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_refused",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
