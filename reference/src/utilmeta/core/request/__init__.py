"""The request, and the markers that declare in which part of it an endpoint's parameter is sent."""

from typing import TYPE_CHECKING

from utilmeta.core.request.markers import Param
from utilmeta.core.request.request import Request

if TYPE_CHECKING:
    from utilmeta.core.request.marker_types import (
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
    from utilmeta.core.request.markers import (
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
