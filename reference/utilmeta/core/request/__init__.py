"""The request, and the markers that say where an endpoint's parameters are sent."""

from typing import TYPE_CHECKING

from utilmeta.core.request.parameter import Param
from utilmeta.core.request.request import Request

if TYPE_CHECKING:
    from utilmeta.core.request.marker import (
        Body,
        BodyParam,
        CookieParam,
        Cookies,
        FilePathParam,
        Form,
        HeaderParam,
        Headers,
        Json,
        PathParam,
        Query,
        QueryParam,
        SlugPathParam,
    )
else:
    from utilmeta.core.request.parameter import (
        Body,
        BodyParam,
        CookieParam,
        Cookies,
        FilePathParam,
        Form,
        HeaderParam,
        Headers,
        Json,
        PathParam,
        Query,
        QueryParam,
        SlugPathParam,
    )

__all__ = [
    "Body",
    "BodyParam",
    "CookieParam",
    "Cookies",
    "FilePathParam",
    "Form",
    "HeaderParam",
    "Headers",
    "Json",
    "Param",
    "PathParam",
    "Query",
    "QueryParam",
    "Request",
    "SlugPathParam",
]
