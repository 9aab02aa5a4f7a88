"""Markers: as a parameter's default, or in its Annotated type, they declare where the parameter is sent.

    def search(self, token: str = request.HeaderParam("X-Token"), size: int = request.QueryParam(default=10, le=100)):

Markers are plain data; they take effect when the service compiles its endpoints (see ``binding``).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic.fields import FieldInfo

from utilmeta.core.request.content_type import MEDIA_TYPE
from utilmeta.core.request.unset import UNSET

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"


class Param:
    """Base of the markers. ``place`` is the part of the request that the value is sent in, as in ERROR-2b.

    Constraints: ``ge``, ``gt``, ``le``, ``lt`` bound a value; ``length``, ``min_length``, ``max_length`` bound the
    number of its characters or items; ``regex`` has to match the whole text as sent, and in the body it is allowed for
    types only that JSON writes as texts (SECURITY-10). ``default`` holds when the parameter is absent, and is None
    where only ``required=False`` is given; without either the parameter is required.
    """

    place: ClassVar[str] = "query"
    whole: ClassVar[bool] = False
    """Whether the parameter takes all of that part of the request, as a model or mapping (REQUEST-2)."""

    def __init__(
        self,
        alias: str | None = None,
        *,
        default: Any = UNSET,
        required: bool = True,
        ge: Any = None,
        gt: Any = None,
        le: Any = None,
        lt: Any = None,
        length: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        regex: str | None = None,
    ) -> None:
        if alias is not None and not isinstance(alias, str):
            raise TypeError(f"{type(self).__name__}: the alias is a text, not {alias!r}; give a default as default=...")
        if length is not None and (min_length is not None or max_length is not None):
            raise TypeError(f"{type(self).__name__}: give length, or min_length and max_length, not both")
        self.alias = alias
        self.default = None if default is UNSET and not required else default
        self.regex = regex
        bounds = {"ge": ge, "gt": gt, "le": le, "lt": lt, "min_length": min_length, "max_length": max_length}
        if length is not None:
            bounds.update(min_length=length, max_length=length)
        self.bounds: dict[str, Any] = {name: bound for name, bound in bounds.items() if bound is not None}
        self.rules: Mapping[str, Any] = {}  # constraints of utype that no marker has (TYPE-g7)

    def sent_as(self, name: str) -> str:
        """Return the name under which the client sends a parameter called ``name``."""
        return name if self.alias is None else self.alias


class PathParam(Param):
    """Marker of a segment of the path; the first positional argument is its ``regex``.

    A segment that the regex does not match, or that has more than 256 characters, is a 404. With a default, at the end
    of its route, the segment may be left out (REQUEST-5d).
    """

    place = "path"

    def __init__(self, regex: str | None = None, **options: Any) -> None:
        if "alias" in options:
            raise TypeError("PathParam takes no alias; the route template names the parameter")
        super().__init__(regex=regex, **options)


class SlugPathParam(PathParam):
    """Marker of a path segment of lower-case letters and digits, in words joined by hyphens (REQUEST-5b)."""

    def __init__(self, **options: Any) -> None:
        if "regex" in options:
            raise TypeError("SlugPathParam takes no regex; it has one. Use PathParam(regex)")
        super().__init__(SLUG, **options)


class FilePathParam(PathParam):
    """Marker of the rest of the path, ``/`` included, as the last part of its route (REQUEST-5c).

    A rest with a segment ``..`` is a 404, so that it cannot lead out of a folder.
    """

    def __init__(self, **options: Any) -> None:
        if "regex" in options:
            raise TypeError("FilePathParam takes no regex; it takes whatever is left of the path")
        super().__init__(**options)


class QueryParam(Param):
    """Marker of a query parameter; a list type takes all of its repeated values, any other type the last one."""

    place = "query"


class HeaderParam(Param):
    """Marker of a request header, case-insensitive; without an alias, underscores of the name become hyphens.

    A mapping is read from JSON text (REQUEST-g26).
    """

    place = "header"

    def sent_as(self, name: str) -> str:
        """Return the alias, or the name with hyphens for underscores."""
        return name.replace("_", "-") if self.alias is None else self.alias


class CookieParam(Param):
    """Marker of a cookie."""

    place = "cookie"


class WholeSet(Param):
    """Base of the markers that take all of a request's query, headers or cookies as one model or mapping.

    Members that the model does not declare are ignored, unless the model says otherwise. A default holds where none of
    the declared members is sent.
    """

    whole = True

    def __init__(self, *, default: Any = UNSET, required: bool = True) -> None:
        super().__init__(default=default, required=required)


class Query(WholeSet):
    """Marker of the whole query, as a model or mapping; a member of a list type takes all repeated values."""

    place = "query"


class Headers(WholeSet):
    """Marker of all request headers, as a model or mapping, case-insensitive.

    Unless the model gives an alias, underscores of a member's name become hyphens.
    """

    place = "header"


class Cookies(WholeSet):
    """Marker of all cookies, as a model or mapping."""

    place = "cookie"


class BodyParam(Param):
    """Marker of one field of the body, which is a JSON object or a form."""

    place = "body"


class Body(Param):
    """Marker of the whole body, which is JSON or a form unless a ``content_type`` is given.

    A form has to come from the API's own pages, or from those that its CORS allows (SECURITY-18a). A type that is
    neither JSON nor a form gives a str or bytes. More than ``max_length`` bytes are a 413 (REQUEST-13).
    """

    place = "body"

    def __init__(self, *, content_type: str | None = None, max_length: int | None = None, **options: Any) -> None:
        name = type(self).__name__
        if "alias" in options:
            raise TypeError(f"{name} takes no alias; it is the whole body")
        if content_type is not None and not (isinstance(content_type, str) and MEDIA_TYPE.fullmatch(content_type)):
            raise TypeError(f"{name}: content_type is a media type without parameters, not {content_type!r}")
        if max_length is not None and (type(max_length) is not int or max_length < 0):
            raise TypeError(f"{name}: max_length is a number of bytes, not {max_length!r}")
        super().__init__(**options)
        self.content_type = None if content_type is None else content_type.lower()
        self.max_size = max_length


class Json(Body):
    """Marker of the whole body as JSON."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


class Form(Body):
    """Marker of the whole body as a form, urlencoded or multipart/form-data."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


# Field classes of other libraries by module; None for all classes of the module.
FOREIGN: Mapping[str, tuple[str, ...] | None] = {
    "dataclasses": ("Field",),
    "msgspec": ("Meta", "Field"),
    "msgspec._core": ("Meta", "Field"),
    "attr._make": ("_CountingAttr", "Attribute"),
    "pydantic.fields": ("ModelPrivateAttr", "ComputedFieldInfo"),
    "fastapi.params": None,
}


def is_foreign(value: Any) -> bool:
    """Return whether ``value`` is a field of another library, as by dataclasses.field(); it declares no parameter."""
    kind = type(value)
    names = FOREIGN.get(kind.__module__, ())
    return names is None or kind.__name__ in names


def is_parameter(value: Any) -> bool:
    """Return whether a default is a marker or a field declaration, also of an unsupported library (REQUEST-17)."""
    return isinstance(value, FieldInfo) or is_marker(value) or is_foreign(value)


def is_marker(value: Any) -> bool:
    """Return whether a default declares a parameter: a marker, bare or called, or a field of utype (REQUEST-4)."""
    if isinstance(value, Param) or (isinstance(value, type) and issubclass(value, Param)):
        return True
    if "utype" not in sys.modules:
        return False
    from utilmeta.core.request.schemas import utype

    return utype.is_field(value)
