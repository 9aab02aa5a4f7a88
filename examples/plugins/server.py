"""Plugins and configurations of one's own, each form of the guide once, on any of the six backends.

PLUGINS_BACKEND=django python server.py
curl -i http://127.0.0.1:8000/api/counted
"""

import os
from typing import Any

from utilmeta import UtilMeta
from utilmeta.conf import Config
from utilmeta.core import api
from utilmeta.core.api import Plugin
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import Error, exceptions

STEPS: list[str] = []


class Counter(Plugin):
    """Counts what it is around, and says so in a header."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.header = options.get("header", "X-Count")
        self.seen = 0

    def process_request(self, request: Request, api: api.API) -> None:
        self.seen += 1
        request.context["of"] = type(api).__name__

    def process_response(self, response: Response, api: api.API) -> Response:
        response.headers[self.header] = f"{self.seen} of {response.request.context['of']}"
        return response

    def handle_error(self, error: Error) -> Any:
        if isinstance(error.exception, LookupError):
            return Response({"looked": error.request.path}, status=404)
        return None


class Greeting(Config):
    """A configuration that takes part in the life of the service."""

    word: str = "hello"

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)

    def hook(self, service: UtilMeta) -> None:
        STEPS.append("hook")

    def setup(self, service: UtilMeta) -> None:
        STEPS.append("setup")

    def on_startup(self, service: UtilMeta) -> None:
        STEPS.append("on_startup")

    def on_shutdown(self, service: UtilMeta) -> None:
        print("goodbye", flush=True)


@Counter()
class CountedAPI(api.API):
    def get(self) -> str:
        return "counted"

    @api.get
    def lost(self) -> None:
        raise LookupError("nowhere")

    @Counter(header="X-Inner")
    @api.get
    def twice(self) -> str:
        return "twice"


class RootAPI(api.API):
    counted: CountedAPI

    @api.get
    def greeting(self) -> dict[str, Any]:
        config = service.get_config(Greeting)
        if config is None:
            raise exceptions.NotFound
        return {"word": config.word, "steps": STEPS}


service = UtilMeta(
    __name__,
    name="plugins",
    backend=os.environ.get("PLUGINS_BACKEND", "starlette"),
    port=int(os.environ["PLUGINS_PORT"]) if "PLUGINS_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
service.use(Greeting(word="hi"))
app = service.application()

if __name__ == "__main__":
    service.run()
