"""Header fields of a request, as each way to read one returns them."""

from typing import Any, Dict, List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def told(
        self,
        word: str = request.HeaderParam("X-Word", default="none"),
        number: int = request.HeaderParam("X-Number", default=0),
        many: List[str] = request.HeaderParam("X-Many", default=()),
        whole: Dict[str, str] = request.Headers,
        crumb: str = request.CookieParam("crumb", default="none"),
    ):
        headers = self.request.headers
        return {
            "parameter": word,
            "number": number,
            "many": list(many),
            "mapping": headers.get("X-Word", "none"),
            "items": [value for name, value in headers.items() if name.lower() == "x-word"],
            "set": {name.lower(): value for name, value in whole.items()}.get("x-word", "none"),
            "crumb": crumb,
            "cookies": dict(self.request.cookies),
            "host": self.request.host,
            "agent": self.request.user_agent,
        }

    @api.post
    @in_mode
    def sent(self, data: Dict[str, Any] = request.Body):
        return {"data": data}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_header_fields",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()

if __name__ == "__main__":
    service.run()
