"""Types of the parameter markers for type checkers: a marker may be the default of a parameter of any type.

Type checkers alone read this module; at run time the names are the classes of ``markers`` (REQUEST-7).
"""

from __future__ import annotations

from typing import Any


class AnyDefault(Any):  # type: ignore[misc]
    """Base of the marker types, which a type checker accepts as the default of any parameter."""


class ParamMarker(AnyDefault):
    """Type of QueryParam, HeaderParam, CookieParam and BodyParam."""

    def __call__(
        self,
        alias: str | None = None,
        *,
        default: Any = ...,
        required: bool = True,
        ge: Any = None,
        gt: Any = None,
        le: Any = None,
        lt: Any = None,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        regex: str | None = None,
    ) -> Any: ...


class PathMarker(AnyDefault):
    """Type of PathParam."""

    def __call__(
        self,
        regex: str | None = None,
        *,
        default: Any = ...,
        required: bool = True,
        ge: Any = None,
        gt: Any = None,
        le: Any = None,
        lt: Any = None,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
    ) -> Any: ...


class FixedPathMarker(AnyDefault):
    """Type of SlugPathParam and FilePathParam, which take no regex because each has a format of its own."""

    def __call__(
        self,
        *,
        default: Any = ...,
        required: bool = True,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
    ) -> Any: ...


class SetMarker(AnyDefault):
    """Type of Query, Headers and Cookies."""

    def __call__(self, *, default: Any = ..., required: bool = True) -> Any: ...


class ContentMarker(AnyDefault):
    """Type of Json and Form, which take no content type because each has one; ``max_length`` is in bytes."""

    def __call__(
        self,
        *,
        default: Any = ...,
        required: bool = True,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
    ) -> Any: ...


class BodyMarker(AnyDefault):
    """Type of Body; ``max_length`` is in bytes."""

    def __call__(
        self,
        *,
        content_type: str | None = None,
        default: Any = ...,
        required: bool = True,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        regex: str | None = None,
    ) -> Any: ...


QueryParam: ParamMarker
HeaderParam: ParamMarker
CookieParam: ParamMarker
BodyParam: ParamMarker
PathParam: PathMarker
SlugPathParam: FixedPathMarker
FilePathParam: FixedPathMarker
Query: SetMarker
Headers: SetMarker
Cookies: SetMarker
Body: BodyMarker
Json: ContentMarker
Form: ContentMarker
