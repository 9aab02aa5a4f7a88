"""Mounts with path parameters in their routes, which APIs below them declare."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class WholeAPI(api.API):
    @api.get
    @in_mode
    def whole(self):
        return {"at": self.request.path}


class DeepAPI(WholeAPI):
    @api.get
    @in_mode
    def named(self, number: int, slug: str):
        return {"slug": slug, "number": number}


@api.route("templated/{slug}")
class TemplatedAPI(WholeAPI):
    deeper: DeepAPI = api.route("deeper/{number}")

    @api.get
    @in_mode
    def named(self, slug: str):
        return {"slug": slug}


class RootAPI(api.API):
    templated: TemplatedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_templated_mounts",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
