"""Endpoints that take a body, endpoints that take none, and endpoints that fail.

SCENARIO_MAX_BODY_SIZE is the service's `max_body_size`.
"""

from typing import Any, Dict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


class Unsendable:
    """What no endpoint can return: it has no JSON form."""

    def __init__(self, secret):
        self.secret = secret

    def __repr__(self):
        return f"<unsendable {self.secret}>"


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("word/{word}")
    @in_mode
    def word(self, word: str):
        return {"word": word}

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.post
    @in_mode
    def length(self, text: str = request.BodyParam()):
        return len(text)

    @api.post
    @in_mode
    def optional(self, text: str = request.BodyParam(default="none")):
        return {"text": text}

    @api.post
    @in_mode
    def numbered(self, number: int, text: str = "", data: Dict[str, Any] = request.Body):
        return {"number": number, "data": data}

    @api.post
    @in_mode
    def undeclared(self):
        return NONCE

    @api.get
    @in_mode
    def crash(self, secret: str):
        raise RuntimeError(f"crashed with {secret}")

    @api.get
    @in_mode
    def chain(self, secret: str):
        try:
            raise LookupError(f"looked for {secret}")
        except LookupError as error:
            raise ValueError("no such value") from error

    @api.get
    @in_mode
    def unsendable(self, secret: str):
        return Unsendable(secret)


service = UtilMeta(
    __name__,
    name="body_endpoints",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(max_body_size=int),
)
with_a_key(service)

app = service.application()
