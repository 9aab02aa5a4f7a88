"""``pydantic.Field(...)`` of a parameter, as its default or in Annotated: each option holds or is refused (REQUEST-17).

Fields of other libraries are for the classes of those libraries; a parameter that has one is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

import pydantic
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from utilmeta.core.request.markers import Body, Param, is_foreign
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.utils.exceptions import DeclarationError

# Options of a model's field that have no meaning for a parameter.
UNKEPT = ("exclude", "exclude_if", "init_var", "kw_only", "frozen", "validate_default")


@dataclass(frozen=True)
class FieldOptions:
    """Annotation, alias and default of a parameter after its pydantic.Field has been read.

    ``annotation`` holds the constraints, ``default`` is UNSET where the Field has none.
    """

    annotation: Any
    alias: str | None = None
    default: Any = UNSET


def read_field(annotation: Any, default: Any, label: str) -> FieldOptions:
    """Read the pydantic.Field in a parameter's annotation or default.

    Raises DeclarationError, which begins with ``label``, for a field of another library, and for options that a
    parameter cannot have.
    """
    notes = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    for value in (default, *notes):
        if is_foreign(value):
            library, kind = type(value).__module__.partition(".")[0], type(value).__name__
            raise DeclarationError(
                f"{label} has a field of {library}, {kind}, which is for what that library makes; say it with a marker "
                "(request.QueryParam and the like) or a pydantic.Field"
            )
    if not any(isinstance(value, FieldInfo) for value in (default, *notes)):
        return FieldOptions(annotation)
    if isinstance(default, FieldInfo):
        info = FieldInfo.from_annotated_attribute(annotation, default)
    else:
        info = FieldInfo.from_annotation(annotation)
    left = [name for name in UNKEPT if getattr(info, name, None)] + (["init=False"] if info.init is False else [])
    alias = info.validation_alias
    if isinstance(alias, (pydantic.AliasPath, pydantic.AliasChoices)):
        left.append(type(alias).__name__)
        alias = None
    if info.default_factory is not None and info.default_factory_takes_validated_data:
        left.append("a default_factory that takes validated data")
    if left:
        raise DeclarationError(f"{label}: {', '.join(left)} of pydantic.Field is not for a parameter of an endpoint")
    kept = (info.annotation, *metadata(info))
    return FieldOptions(Annotated[kept] if len(kept) > 1 else info.annotation, alias, default_of(info))


def metadata(info: FieldInfo) -> Iterator[Any]:
    """Yield the constraints of a Field, its discriminator among them, as metadata of an Annotated type."""
    yield from info.metadata
    if isinstance(info.discriminator, str):
        yield pydantic.Field(discriminator=info.discriminator)
    elif info.discriminator is not None:
        yield info.discriminator


def default_of(info: FieldInfo) -> Any:
    """Return the default of a Field, its factory as DefaultFactory, or UNSET."""
    if info.default_factory is not None:
        make: Any = info.default_factory
        return DefaultFactory(make)
    return UNSET if info.default is PydanticUndefined else info.default


def check_alias(alias: str, marker: Param, label: str) -> None:
    """Raise DeclarationError for an alias of a parameter that is not sent by name, or has another alias already."""
    if marker.place == "path":
        raise DeclarationError(f"{label}: the route template names it, so it takes no alias")
    if marker.whole or isinstance(marker, Body):
        raise DeclarationError(f"{label} is all of what was sent there, so it takes no alias; give its members theirs")
    if marker.alias is not None and marker.alias != alias:
        raise DeclarationError(f"{label} has two aliases, {marker.alias!r} and {alias!r}; give it one")
