"""Backend for FastAPI: a Starlette application of another class, run by uvicorn.

The API is the router's default, as on Starlette. A new application has neither FastAPI's document nor its pages: those
paths are the API's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError

from utilmeta.core.errors.framework import Describe, ErrorAnswer
from utilmeta.core.server.backends import starlette_responses
from utilmeta.core.server.backends.starlette import StarletteAdapter


class FastAPIAdapter(StarletteAdapter):
    """Adapter of ``backend="fastapi"``."""

    name = "fastapi"

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, FastAPI)

    def build(self) -> FastAPI:
        return FastAPI(openapi_url=None)

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        return {**starlette_responses.EXCEPTIONS, RequestValidationError: describe}


def describe(error: RequestValidationError) -> ErrorAnswer:
    """Return a 422 with the errors of FastAPI's own validation, in the form of ERROR-2b."""
    errors = []
    for each in error.errors():
        place, *names = each["loc"] or ("body",)
        errors.append({"in": str(place), "name": ".".join(map(str, names)), "reason": str(each["msg"])})
    return ErrorAnswer(422, errors=errors)


ADAPTER = FastAPIAdapter
