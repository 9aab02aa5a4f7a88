"""Forms and JSON for endpoints that pages of other origins would like to post to; each counts its calls."""

from typing import Dict, List, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

called = {"times": 0}


def counted(data):
    called["times"] += 1
    return data


@api.CORS(allow_origin="https://one.example")
class CrossedAPI(api.API):
    @api.post
    @in_mode
    def body(self, data: Dict[str, str] = request.Body):
        return counted(data)


@api.CORS(allow_origin="*")
class OpenAPI(api.API):
    @api.post
    @in_mode
    def body(self, data: Dict[str, str] = request.Body):
        return counted(data)


class LenientAPI(api.API):
    """Mounted as `lenient`: endpoints that are called without a body, too."""

    @api.post
    @in_mode
    def body(self, data: Dict[str, str] = request.Body(default={"word": "default"})):
        return counted(data)

    @api.post
    @in_mode
    def optional(self, data: Optional[Dict[str, str]] = request.Body(default=None)):
        return counted(data or {"word": "none"})

    @api.post
    @in_mode
    def listed(self, data: List[int] = request.Body(default=[])):
        return counted({"word": str(data)})

    @api.post
    @in_mode
    def form(self, data: Dict[str, str] = request.Form(default={"word": "default"})):
        return counted(data)


class RootAPI(api.API):
    crossed: CrossedAPI
    open: OpenAPI
    lenient: LenientAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def times(self):
        return called

    @api.post
    @in_mode
    def body(self, data: Dict[str, str] = request.Body):
        return counted(data)

    @api.post
    @in_mode
    def json(self, data: Dict[str, str] = request.Json):
        return counted(data)

    @api.post
    @in_mode
    def form(self, data: Dict[str, str] = request.Form):
        return counted(data)

    @api.put
    @in_mode
    def hooked(self, word: str = ""):
        return counted({"word": word})

    @api.before(hooked)
    @in_mode
    def hook(self, data: Dict[str, str] = request.Body):
        return None


service = with_a_key(
    UtilMeta(
        __name__,
        name="security_forms",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
