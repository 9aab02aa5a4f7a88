"""FastAPI: a Starlette application of another class, run by uvicorn.

The API is the router's default, as on Starlette. An application that we build has no document and no pages of
FastAPI's own: those paths are the API's.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from utilmeta.core.server.backends.starlette import StarletteAdapter


class FastAPIAdapter(StarletteAdapter):
    """``backend="fastapi"``."""

    name = "fastapi"

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, FastAPI)

    def build(self) -> FastAPI:
        return FastAPI(openapi_url=None)


ADAPTER = FastAPIAdapter
