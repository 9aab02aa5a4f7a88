"""Models of whole sets and bodies: pydantic models, dataclasses, TypedDicts, Structs of msgspec, schemas of utype.

    model = compile_model(annotation, "RootAPI.search: parameter 'query'")
    model.validate({"page[size]": "7", "tag": ["a", "b"]})      # an instance of the annotated class

Errors are pydantic.ValidationErrors, whose locations name each field as it was to be sent.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

import pydantic
import typing_extensions
from pydantic.fields import FieldInfo

from utilmeta.core.annotations.memoize import once
from utilmeta.core.annotations.typed_dict import MARKS, keys_of
from utilmeta.core.request.schemas.adapter import Adapter, compile_adapter, library_of
from utilmeta.core.request.schemas.field import Field, takes_many, unnamed

NO_CONFIG: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Model:
    """Compiled model: ``adapter`` validates a mapping, ``fields`` are the declared ones.

    ``fields`` are none for a mere mapping, and None for a type that takes no mapping. ``repeated`` are the names whose
    repeated texts all count, None for all names.
    """

    adapter: Adapter
    fields: tuple[Field, ...] | None
    repeated: frozenset[str] | None

    @property
    def validate(self) -> Callable[[Any], Any]:
        """Function from JSON values or texts to an instance; it raises pydantic.ValidationError."""
        return self.adapter.validate_python

    def members(self, sent: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        """Return what was sent under each name as ``validate`` takes it: all texts, or the last (ROUTE-5)."""
        repeated = self.repeated
        if repeated is None:
            return dict(sent)
        return {name: values if name in repeated else values[-1] for name, values in sent.items()}


@once
def compile_model(annotation: Any, label: str) -> Model:
    """Return the model of ``annotation``. Raises DeclarationError, which begins with ``label``, for what is no type."""
    return model_of(annotation, compile_adapter(annotation, label))


def model_of(annotation: Any, adapter: Adapter) -> Model:
    """Return the model of ``annotation``, which ``adapter`` validates."""
    fields = fields_of(annotation)
    if fields == () and takes_many(value_of(annotation)):
        return Model(adapter, fields, None)
    return Model(adapter, fields, frozenset(name for field in fields or () if field.many for name in field.names))


def fields_of(annotation: Any) -> tuple[Field, ...] | None:
    """Return the fields of a model, or of all members of a union; None for a type that takes no mapping."""
    annotation = unnamed(annotation)
    library = library_of(annotation)
    if library is not None:
        return library.fields_of(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return fields_of(get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        found = [fields for member in get_args(annotation) if (fields := fields_of(member)) is not None]
        return tuple(field for fields in found for field in fields) if found else None
    kind = origin or annotation
    if kind is Any:
        return ()
    if typing_extensions.is_typeddict(kind):
        return tuple(field_of(name, FieldInfo.from_annotation(unmarked(hint))) for name, hint in keys_of(kind).items())
    if not isinstance(kind, type):
        return None
    if issubclass(kind, pydantic.RootModel):
        return fields_of(kind.model_fields["root"].annotation)
    if issubclass(kind, pydantic.BaseModel):
        return tuple(field_of(name, info, kind.model_config) for name, info in kind.model_fields.items())
    if dataclasses.is_dataclass(kind):
        return fields_of_dataclass(kind)
    return () if issubclass(kind, collections.abc.Mapping) else None


def fields_of_dataclass(kind: type) -> tuple[Field, ...]:
    """Return the fields of a dataclass."""
    if pydantic.dataclasses.is_pydantic_dataclass(kind):
        infos = kind.__pydantic_fields__
    else:
        hints = typing_extensions.get_type_hints(kind, include_extras=True)
        names = [field.name for field in dataclasses.fields(kind) if field.init]
        infos = {name: FieldInfo.from_annotation(hints[name]) for name in names}
    config: Mapping[str, Any] = getattr(kind, "__pydantic_config__", {})
    return tuple(field_of(name, info, config) for name, info in infos.items())


def field_of(name: str, info: FieldInfo, config: Mapping[str, Any] = NO_CONFIG) -> Field:
    """Return a field of a pydantic model or dataclass by its FieldInfo."""
    alias = info.validation_alias
    choices = alias.choices if isinstance(alias, pydantic.AliasChoices) else [] if alias is None else [alias]
    names = [str(choice.path[0]) if isinstance(choice, pydantic.AliasPath) else choice for choice in choices]
    indexed = any(isinstance(choice, pydantic.AliasPath) for choice in choices)
    if not names or config.get("populate_by_name") or config.get("validate_by_name"):
        names.append(name)
    return Field(tuple(dict.fromkeys(names)), bool(choices), indexed or takes_many(info.annotation))


def unmarked(hint: Any) -> Any:
    """Return a TypedDict key's type without Required, NotRequired or ReadOnly."""
    return get_args(hint)[0] if get_origin(hint) in MARKS else hint


def value_of(annotation: Any) -> Any:
    """Return the type of a mapping's values, Any where it does not say."""
    arguments = get_args(annotation)
    return arguments[1] if len(arguments) == 2 else Any
