"""Mounts with path parameters in their routes, which APIs below them declare; with SCENARIO_UNDECLARED some do not."""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


@api.route("deeper/{number}")
class DeepAPI(api.API):
    @api.get
    @in_mode
    def named(self, number: int, slug: str):
        return {"slug": slug, "number": number}


@api.route("templated/{slug}")
class TemplatedAPI(api.API):
    deeper: DeepAPI

    @api.get
    @in_mode
    def named(self, slug: str):
        return {"slug": slug}


@api.route("deeper/{number}")
class DeepUndeclaredAPI(api.API):
    @api.get
    @in_mode
    def deep(self):
        return {"deep": NONCE}


@api.route("undeclared/{slug}")
class UndeclaredAPI(api.API):
    deeper: DeepUndeclaredAPI

    @api.get
    @in_mode
    def whole(self):
        return {"whole": NONCE}


class NamedAPI(api.API):
    """Mounted as `by_name`: each method has a name of its own for what is in the path, and GET comes last."""

    @api.delete("{word}")
    @in_mode
    def remove(self, word: str):
        return {"word": word}

    @api.put("{text}")
    @in_mode
    def put_text(self, text: str):
        return {"text": text}

    @api.get("{number}")
    @in_mode
    def read(self, number: int):
        return {"number": number}


class RootAPI(api.API):
    by_name: NamedAPI
    templated: TemplatedAPI
    if "SCENARIO_UNDECLARED" in os.environ:
        undeclared: UndeclaredAPI

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
