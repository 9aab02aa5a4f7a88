"""Schemas, data classes and rules of utype as parameters and models, validated by utype.

utype stops at the first fault unless it collects them, so what it refuses is validated again, to tell all faults.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

import utype

from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.request.schemas.default_copy import check_given
from utilmeta.core.request.schemas.enum_text import OF_TEXTS, converter
from utilmeta.core.request.schemas.error_location import without
from utilmeta.core.request.schemas.field import Field, takes_many
from utilmeta.core.request.schemas.utype_guard import compile_guard
from utilmeta.core.request.schemas.validation_error import MISSING, Fault, Location, refusal
from utilmeta.core.request.unset import DefaultFactory
from utilmeta.utils.exceptions import DeclarationError

# The constraints of a field that markers know, and the other options that change what it accepts.
KEPT = frozenset({"ge", "gt", "le", "lt", "length", "min_length", "max_length", "regex"})
UNKEPT = ("alias_generator", "alias_from", "case_insensitive", "no_input", "dependencies", "discriminator", "on_error")


def owns(kind: Any) -> bool:
    """Return whether ``kind`` is a schema, data class or rule of utype."""
    return isinstance(kind, (type(utype.Rule), type(utype.Schema))) or (isinstance(kind, type) and is_model(kind))


def is_model(kind: Any) -> bool:
    """Return whether ``kind`` is a schema or data class of utype."""
    return "__parser__" in vars(kind)


def compile_validator(kind: Any) -> Callable[[Any], Any]:
    """Return a function that validates a JSON value or texts against ``kind``. It raises pydantic.ValidationError.

    Raises TypeError for a model that utype cannot read, and for a default that is shared though it is mutable.
    """
    model = is_model(kind)
    if model:
        check_read(kind)
        kind.__parser__.resolve_forward_refs()
        for name, field in kind.__parser__.fields.items():
            if not utype.unprovided(field.default) and not isinstance(field.default, utype.Schema):
                check_given(field.default, f"{kind.__name__}.{name}")
    guard = compile_guard(kind)

    def validate(value: Any) -> Any:
        if model and not isinstance(value, (Mapping, kind)):
            raise refusal(kind.__name__, [((), "Input should be an object")], value)
        endless = dict(guard(value, ()))
        if endless:
            others = faults(collected(without(value, endless), kind), ())
            apart = [fault for fault in others if not any(fault[0][: len(place)] == place for place in endless)]
            raise refusal(kind.__name__, [*endless.items(), *apart], value)
        try:
            return utype.type_transform(value, kind)
        except utype.exc.ParseError as error:
            raise refusal(kind.__name__, faults(collected(value, kind) or error, ()), value) from None

    if model:
        setattr(validate, OF_TEXTS, text_validator(kind, validate))
    return validate


def text_validator(kind: Any, validate: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return ``validate`` for texts, in which they become members of Enums as everywhere (REQUEST-18).

    utype itself compares a text with a member's value, except for a Literal.
    """
    hints = get_type_hints(kind)
    converters = {
        name: convert
        for field in kind.__parser__.fields.values()
        if (convert := converter(enum_members(hints.get(field.attname)))) is not None
        for name in (field.name, *field.all_aliases)
    }
    if not converters:
        return validate

    def converted(name: str, value: Any) -> Any:
        convert = converters.get(name)
        if convert is None:
            return value
        return [convert(each) for each in value] if isinstance(value, list) else convert(value)

    def validate_texts(value: Any) -> Any:
        whole = isinstance(value, Mapping)
        return validate({name: converted(name, item) for name, item in value.items()} if whole else value)

    return validate_texts


def enum_members(hint: Any) -> list[tuple[Any, Any]]:
    """Return the values and members of the Enums in a type."""
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return [(member.value, member) for member in hint]
    return [member for argument in get_args(hint) for member in enum_members(argument)]


def check_read(kind: Any) -> None:
    """Raise TypeError for a model whose annotations utype has not read, which would take anything.

    utype 0.6 reads none that are evaluated late, as all are since Python 3.14.
    """
    read = {*kind.__parser__.annotations, *kind.__parser__.exclude_vars}
    models = [base for base in kind.__mro__ if is_model(base) and base.__module__.partition(".")[0] != utype.__name__]
    for base in models:
        unread = [name for name in annotated_names(base) if name not in read and not name.startswith("_")]
        if unread:
            raise TypeError(f"utype reads no annotations on this Python, as of {base.__name__}.{unread[0]}")


def fields_of(kind: Any) -> tuple[Field, ...] | None:
    """Return the fields of a schema or data class; None for other types."""
    if not is_model(kind):
        # utype makes a type of its own of a union with a schema in it.
        return next((fields_of(member) for member in getattr(kind, "args", ()) if is_model(member)), None)
    hints = get_type_hints(kind)
    return tuple(
        Field(
            tuple(dict.fromkeys((field.name, *field.all_aliases))),
            field.name != field.attname,
            takes_many(hints.get(field.attname)),
        )
        for field in kind.__parser__.fields.values()
    )


def is_field(value: Any) -> bool:
    """Return whether a parameter's default is ``utype.Field(...)`` or ``utype.Param(...)``."""
    return isinstance(value, utype.Field)


def options_of(field: utype.Field, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options of a field as arguments of our markers (REQUEST-4), and its other constraints (TYPE-g7).

    Raises DeclarationError for options that a parameter cannot have.
    """
    said = vars(field)
    left = sorted(option for option in UNKEPT if said.get(option))
    if left:
        raise DeclarationError(f"{label}: {', '.join(left)} of utype is not for a parameter of an endpoint")
    rules = {
        name: bound for name, bound in said["constraints"].items() if name not in KEPT or isinstance(bound, utype.Lax)
    }
    options = {name: bound for name, bound in said["constraints"].items() if name not in rules}
    if said["alias"] is not None:
        options["alias"] = said["alias"]
    if said["default_factory"] is not None:
        options["default"] = DefaultFactory(said["default_factory"])
    elif said["default"] is not utype.unprovided:
        options["default"] = said["default"]
    return {**options, "required": bool(said["required"])}, rules


def collected(value: Any, kind: Any) -> utype.exc.ParseError | None:
    """Validate again, and return the error with all faults collected; None for a type that cannot collect them."""
    if not hasattr(kind, "__from__"):
        return None
    try:
        kind.__from__(value, options=kind.__options__ & utype.Options(collect_errors=True))
    except utype.exc.ParseError as error:
        return error
    return None


def faults(error: utype.exc.ParseError | None, location: Location) -> Iterator[Fault]:
    """Yield the location and reason of each fault in an error of utype."""
    if error is None:
        return
    if error.item is not None:
        location = (*location, error.item)
    causes = [*getattr(error, "errors", ()), error.origin_exc]
    inner = [cause for cause in causes if isinstance(cause, utype.exc.ParseError)]
    found = dict.fromkeys(fault for cause in inner for fault in faults(cause, location))
    if isinstance(error, utype.exc.AbsenceError):
        yield location, MISSING
    elif found:
        yield from found
    else:
        yield location, str(error.msg or error.formatted_message)
