"""The markers as a type checker sees them: each may stand, bare or called, as the default of a parameter of any type.

Read by type checkers alone; what the names are is in ``parameter`` (REQUEST-7).
"""

from __future__ import annotations

from typing import Any


class AnyDefault(Any):  # type: ignore[misc]
    """What is assignable to a parameter of any type."""


class ParamMarker(AnyDefault):
    """QueryParam, HeaderParam, CookieParam and BodyParam."""

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
    """PathParam."""

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
    """SlugPathParam and FilePathParam, whose form is given."""

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
    """Query, Headers and Cookies."""

    def __call__(self, *, default: Any = ..., required: bool = True) -> Any: ...


class ContentMarker(AnyDefault):
    """Json and Form, whose content type is given; ``max_length`` is in bytes."""

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
    """Body; ``max_length`` is in bytes."""

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
