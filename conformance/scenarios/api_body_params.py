"""A class whose parameters are all in the body, and an endpoint that has the class made of its request (API-5b)."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


class DraftAPI(api.API):
    """Whose parameters are all in the body."""

    title: str = request.BodyParam(min_length=2)
    size: int = request.BodyParam(default=1)

    def told(self):
        return [self.title, self.size]


class RootAPI(api.API):
    @api.post
    @in_mode
    def draft(self):
        return DraftAPI(self.request).told()

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_body_params",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
