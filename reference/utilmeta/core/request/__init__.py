"""The request, and the markers that say where an endpoint's parameters are sent."""

from utilmeta.core.request.parameter import (
    Body,
    BodyParam,
    CookieParam,
    Form,
    HeaderParam,
    Json,
    Param,
    PathParam,
    QueryParam,
)
from utilmeta.core.request.request import Request

__all__ = [
    "Body",
    "BodyParam",
    "CookieParam",
    "Form",
    "HeaderParam",
    "Json",
    "Param",
    "PathParam",
    "QueryParam",
    "Request",
]
