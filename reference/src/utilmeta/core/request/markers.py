"""Markers: as an endpoint parameter's default, or in its Annotated type, they say where the parameter is sent.

    def search(self, token: str = request.HeaderParam("X-Token"), size: int = request.QueryParam(default=10, le=100)):

Plain data; nothing here is executed before the service compiles (see ``binding``).
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
    """Base of the markers. ``place`` is where the value is sent, one word of ERROR-2b.

    Constraints: ``ge``, ``gt``, ``le``, ``lt`` bound a value; ``length``, ``min_length``, ``max_length`` the number of
    its characters or items; ``regex`` matches the whole text as sent, and in the body is for types that JSON has as
    texts alone (SECURITY-10). ``default`` holds when the parameter is absent,
    None where only ``required=False`` is said; without either it is required.
    """

    place: ClassVar[str] = "query"
    whole: ClassVar[bool] = False
    """Whether the parameter is all that was sent there, as a model or mapping (REQUEST-2)."""

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

    def sent_as(self, name: str) -> str:
        """The name it is sent under, for a parameter called ``name``."""
        return name if self.alias is None else self.alias


class PathParam(Param):
    """A segment of the path. The first positional argument is its ``regex``; a segment that misses it, or has more than
    256 characters, is a 404. With a default, at the end of its route, it may be left out (REQUEST-5d)."""

    place = "path"

    def __init__(self, regex: str | None = None, **options: Any) -> None:
        if "alias" in options:
            raise TypeError("PathParam takes no alias; the route template names the parameter")
        super().__init__(regex=regex, **options)


class SlugPathParam(PathParam):
    """A segment of lower-case letters and digits, in words that are joined by hyphens (REQUEST-5b)."""

    def __init__(self, **options: Any) -> None:
        if "regex" in options:
            raise TypeError("SlugPathParam takes no regex; it has one. Use PathParam(regex)")
        super().__init__(SLUG, **options)


class FilePathParam(PathParam):
    """The rest of the path, its ``/`` included, as the last of its route. With a segment ``..`` it is a 404, so that it
    leads nowhere else (REQUEST-5c)."""

    def __init__(self, **options: Any) -> None:
        if "regex" in options:
            raise TypeError("FilePathParam takes no regex; it takes whatever is left of the path")
        super().__init__(**options)


class QueryParam(Param):
    """A query parameter; a list type takes repeated keys, of another type the last one counts."""

    place = "query"


class HeaderParam(Param):
    """A request header, case-insensitive; unless an alias is given, underscores of the name become hyphens."""

    place = "header"

    def sent_as(self, name: str) -> str:
        return name.replace("_", "-") if self.alias is None else self.alias


class CookieParam(Param):
    """A cookie."""

    place = "cookie"


class WholeSet(Param):
    """Base of those that are all of a request's query, headers or cookies, as a model or mapping: members that it does
    not declare are ignored, unless it says otherwise. A default holds where none of its members is there."""

    whole = True

    def __init__(self, *, default: Any = UNSET, required: bool = True) -> None:
        super().__init__(default=default, required=required)


class Query(WholeSet):
    """The whole query; a member of a list type takes repeated keys."""

    place = "query"


class Headers(WholeSet):
    """All request headers, case-insensitive; unless the model gives an alias, underscores of a name become hyphens."""

    place = "header"


class Cookies(WholeSet):
    """All cookies."""

    place = "cookie"


class BodyParam(Param):
    """One field of the body, which is a JSON object or a form."""

    place = "body"


class Body(Param):
    """The whole body: JSON, or of the ``content_type`` that is given, a str or bytes unless that is JSON or a form.
    More bytes than ``max_length`` are a 413 (REQUEST-13)."""

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
    """The whole body, JSON."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


class Form(Body):
    """The whole body, a form: urlencoded, or multipart/form-data."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


# The fields and parameters of other libraries, by module; None for all that it has.
FOREIGN: Mapping[str, tuple[str, ...] | None] = {
    "dataclasses": ("Field",),
    "msgspec": ("Meta", "Field"),
    "msgspec._core": ("Meta", "Field"),
    "attr._make": ("_CountingAttr", "Attribute"),
    "pydantic.fields": ("ModelPrivateAttr", "ComputedFieldInfo"),
    "fastapi.params": None,
}


def is_foreign(value: Any) -> bool:
    """Whether it is a field of another library, which says nothing of a parameter."""
    kind = type(value)
    names = FOREIGN.get(kind.__module__, ())
    return names is None or kind.__name__ in names


def is_parameter(value: Any) -> bool:
    """Whether what an attribute or parameter is given stands for a parameter, or for nothing (REQUEST-17)."""
    return isinstance(value, FieldInfo) or is_marker(value) or is_foreign(value)


def is_marker(value: Any) -> bool:
    """Whether a default stands for a parameter: a marker of ours, bare or called, or a field of utype (REQUEST-4)."""
    if isinstance(value, Param) or (isinstance(value, type) and issubclass(value, Param)):
        return True
    if "utype" not in sys.modules:
        return False
    from utilmeta.core.request.schemas import utype

    return utype.is_field(value)
