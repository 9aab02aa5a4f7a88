"""CORS with every option, declared on a class and on an endpoint."""

import asyncio
import time
from typing import Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound


@api.CORS(
    allow_origin=("https://one.example", "https://two.example:8443"),
    allow_headers=["X-Token", "Content-Type"],
    expose_headers=["X-Total", "X-Mark"],
    max_age=77,
    allow_credentials=True,
)
class CrossedAPI(api.API):
    """Mounted as `crossed`."""

    @api.get
    @in_mode
    def thing(self, fails: str = ""):
        if fails == "missing":
            raise NotFound("because")
        if fails == "value":
            raise ValueError("because")
        return "thing"

    @api.put("thing")
    @in_mode
    def put_thing(self):
        return "put"

    @api.post("sent")
    @in_mode
    def sent(self, data: Dict[str, int] = request.Body, number: int = 0, fails: str = ""):
        if fails == "result":
            return {"nobody": object()}
        if fails == "header of an error":
            raise NotFound("because", headers={"X-Mark": "a\r\nX-Other: b"})
        if fails == "header":
            answer = Response("sent")
            answer.headers["X-Mark"] = "a\r\nX-Other: b"
            return answer
        return {"sent": data}

    if ASYNCHRONOUS:

        @api.post(timeout=0.05)
        async def late(self):
            await asyncio.sleep(0.2)

    else:

        @api.post(timeout=0.05)
        def late(self):
            time.sleep(0.2)

    @api.CORS(allow_origin="*", allow_methods=["DELETE", "PATCH"], allow_headers="*")
    @api.delete("thing")
    @in_mode
    def delete_thing(self):
        return "deleted"


class RootAPI(api.API):
    crossed: CrossedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_cors",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
        max_body_size=2000,
    )
)

app = service.application()
