"""Reads classes with fields, of pydantic, dataclasses, TypedDict, NamedTuple, msgspec and utype, and Enums."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

import pydantic
import typing_extensions
from pydantic.fields import FieldInfo

from utilmeta.core.annotations.generic import resolved
from utilmeta.core.annotations.typed_dict import MARKS, keys_of
from utilmeta.core.cli.generation.layout import literal
from utilmeta.core.cli.generation.names import identifier
from utilmeta.core.request.parameters.field_info import metadata
from utilmeta.core.request.schemas.adapter import library_of
from utilmeta.core.request.unset import UNSET
from utilmeta.utils.exceptions import DeclarationError

PLAIN: frozenset[Any] = frozenset({list, dict, set, frozenset, tuple})


@dataclass(frozen=True)
class Field:
    """A field of a class: the name under which it is sent, and those under which it is read.

    ``default`` is UNSET where there is none; ``notes`` are constraints of its type.
    """

    name: str
    annotation: Any
    sent: str
    read: Sequence[str]
    default: Any = UNSET
    notes: Sequence[Any] = ()
    required: bool = True
    """Whether a TypedDict has to have the key."""


@dataclass(frozen=True)
class Model:
    """A class with fields; ``form`` is one of model, dataclass, mapping, tuple and root, or enum.

    One that is ``open`` keeps what it does not declare.
    """

    form: str
    name: str
    fields: Sequence[Field]
    doc: str = ""
    open: bool = False


def read_model(kind: Any) -> Model | None:
    """Return what is known of a class, or of a generic one with its type arguments; None for any other type.

    Raises DeclarationError for one that cannot be written.
    """
    cls = get_origin(kind) or kind
    if not isinstance(cls, type):
        return None
    library = library_of(kind)
    if library is not None:
        return read_foreign(cls, library.__name__.rpartition(".")[2])  # type: ignore[attr-defined]
    arguments = dict(zip(getattr(cls, "__parameters__", ()), get_args(kind), strict=False))
    if issubclass(cls, enum.Enum):
        return Model("enum", cls.__name__, (), doc_of(cls))
    if issubclass(cls, pydantic.BaseModel) and cls is not pydantic.BaseModel:
        form = "root" if issubclass(cls, pydantic.RootModel) else "model"
        found = tuple(fields_of_model(cls.model_fields, cls.model_config))
        return Model(form, cls.__name__, found, doc_of(cls), cls.model_config.get("extra") == "allow")
    if typing_extensions.is_typeddict(cls):
        return Model("mapping", name_of(cls, kind), tuple(keys(cls, arguments)), doc_of(cls))
    if dataclasses.is_dataclass(cls):
        return Model("dataclass", name_of(cls, kind), tuple(fields_of_dataclass(cls, arguments)), doc_of(cls))
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        hints = typing_extensions.get_type_hints(cls, include_extras=True)
        given = getattr(cls, "_field_defaults", {})
        found = tuple(Field(name, hints.get(name, Any), name, (name,), given.get(name, UNSET)) for name in cls._fields)
        return Model("tuple", cls.__name__, found, doc_of(cls))
    return None


def name_of(cls: type, kind: Any) -> str:
    """Return the name of a class, with those of its type arguments."""
    return " ".join([cls.__name__, *(getattr(each, "__name__", "") for each in get_args(kind))]).strip()


def doc_of(cls: type) -> str:
    """Return the docstring of a class itself, unless Python wrote it."""
    doc = inspect.cleandoc(vars(cls).get("__doc__") or "")
    return "" if doc.startswith(f"{cls.__name__}(") or doc == "An enumeration." else doc


def fields_of_model(infos: Mapping[str, FieldInfo], config: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of a pydantic model or dataclass. Raises DeclarationError for a path as an alias."""
    for name, info in infos.items():
        alias = info.validation_alias
        choices = alias.choices if isinstance(alias, pydantic.AliasChoices) else [] if alias is None else [alias]
        names = [each for each in choices if isinstance(each, str)]
        if choices and not names:
            raise DeclarationError(f"its field {name!r} has a path as its alias")
        by_alias = config.get("serialize_by_alias") is not False and info.serialization_alias is not None
        answered = info.serialization_alias if by_alias else name
        sent = names[0] if names else name
        default = made(info.default_factory)
        if info.default_factory is None and not info.is_required():
            default = info.default
        read = dict.fromkeys([answered or name, *(names or [name])])
        yield Field(name, info.annotation, sent, tuple(read), default, tuple(metadata(info)))


def made(factory: Any) -> Any:
    """Return the empty list or mapping that a factory is the type of; UNSET for any other, which is the service's."""
    return factory() if factory in PLAIN else UNSET


def keys(cls: Any, arguments: Mapping[Any, Any]) -> Iterator[Field]:
    """Yield the keys of a TypedDict."""
    for name, hint in keys_of(cls).items():
        marked = get_origin(hint) in MARKS
        kind = resolved(get_args(hint)[0] if marked else hint, arguments)
        required = get_origin(hint) is typing_extensions.Required if marked else name in cls.__required_keys__
        yield Field(name, kind, name, (name,), required=required)


def fields_of_dataclass(cls: Any, arguments: Mapping[Any, Any]) -> Iterator[Field]:
    """Yield the fields of a dataclass, also of pydantic's."""
    if pydantic.dataclasses.is_pydantic_dataclass(cls):
        for field in fields_of_model(cls.__pydantic_fields__, getattr(cls, "__pydantic_config__", None) or {}):
            yield dataclasses.replace(field, annotation=resolved(field.annotation, arguments))
        return
    hints = typing_extensions.get_type_hints(cls, include_extras=True)
    for each in dataclasses.fields(cls):
        if each.init:
            default = made(each.default_factory) if each.default is dataclasses.MISSING else each.default
            yield Field(each.name, resolved(hints[each.name], arguments), each.name, (each.name,), default)


def read_foreign(cls: Any, library: str) -> Model | None:
    """Return a struct of msgspec or a schema of utype, as a model; None for other types of theirs."""
    if library == "utype":
        if "__parser__" not in vars(cls):
            return None
        return Model("model", cls.__name__, tuple(fields_of_schema(cls)), doc_of(cls))
    return Model("model", cls.__name__, tuple(fields_of_struct(cls)), doc_of(cls))


def fields_of_schema(cls: Any) -> Iterator[Field]:
    """Yield the fields of a schema or data class of utype."""
    import utype

    hints = typing_extensions.get_type_hints(cls, include_extras=True)
    for field in cls.__parser__.fields.values():
        default = made(field.default_factory) if utype.unprovided(field.default) else field.default
        read = tuple(dict.fromkeys((field.name, *field.all_aliases)))
        yield Field(field.attname, hints.get(field.attname, Any), field.name, read, default)


def fields_of_struct(cls: Any) -> Iterator[Field]:
    """Yield the fields of a struct of msgspec. Raises DeclarationError for one that is sent as an array."""
    import msgspec

    config = cls.__struct_config__
    if config.array_like:
        raise DeclarationError("it is sent as an array")
    if config.tag is not None:
        yield Field(config.tag_field, Literal[config.tag], config.tag_field, (config.tag_field,), config.tag)
    for field in msgspec.structs.fields(cls):
        default = made(field.default_factory) if field.default is msgspec.NODEFAULT else field.default
        yield Field(field.name, field.type, field.encode_name, (field.encode_name,), default)


def member_names(cls: type[enum.Enum]) -> Mapping[str, str]:
    """Return the names of an Enum's members as they are written, by their own."""
    found: dict[str, str] = {}
    taken = {"mro", "name", "value", *dir(enum.Enum), *dir(mixin(cls))}
    for member in cls:
        found[member.name] = identifier(member.name, {*taken, *found.values()}, "member")
    return found


def mixin(cls: type) -> type:
    """Return the type of text or number that an Enum's members are too, object where they are none."""
    return next((kind for kind in (str, int) if issubclass(cls, kind)), object)


def member_values(cls: type[enum.Enum]) -> Iterator[tuple[str, str]]:
    """Yield the written names of an Enum's members and the sources of their values. Raises DeclarationError."""
    for name, written in member_names(cls).items():
        value = literal(cls[name].value)
        if value is None:
            raise DeclarationError(f"its member {name!r} has a value that is neither a text nor a number")
        yield written, value
