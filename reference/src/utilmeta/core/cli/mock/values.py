"""Values of types, by polyfactory, the same at each run: they depend on the type alone."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from threading import Lock
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pydantic
import pydantic_core

from utilmeta.utils.exceptions import DeclarationError

SEED = 0
NOON = datetime(2020, 1, 1, 12, 30, tzinfo=timezone.utc)
CENTURIES = timedelta(days=365 * 500)
CONSTRAINTS = {"regex": "pattern"}
KNOWN = frozenset(
    {"ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern", "max_digits", "decimal_places"}
)

_lock = Lock()


def jsonable(kind: Any, label: str) -> Any:
    """Return a value of a type as JSON has it.

    Raises DeclarationError that begins with ``label`` for a type that no value can be made of, ImportError without
    polyfactory.
    """
    try:
        from polyfactory.exceptions import FactoryException
    except ModuleNotFoundError as error:
        raise ImportError(f"mock=True needs {error.name}, which is not installed: pip install polyfactory") from error
    try:
        model = pydantic.create_model(
            "Made", value=(viewed(kind), ...), __config__=pydantic.ConfigDict(arbitrary_types_allowed=True)
        )
        with _lock:
            made: Any = factory_of(model).build()
        return pydantic_core.to_jsonable_python(made.value, by_alias=True, fallback=builtins)
    except Exception as error:
        known = isinstance(error, FactoryException)
        reason = str(error) if known else f"a value that was made up is refused ({type(error).__name__})"
        raise DeclarationError(f"{label}: {reason}") from error


def factory_of(model: type[pydantic.BaseModel]) -> Any:
    """Return a factory of polyfactory that makes the same value each time."""
    from polyfactory.factories.pydantic_factory import ModelFactory

    def providers(cls: Any) -> dict[Any, Callable[[], Any]]:
        return {**ModelFactory.get_provider_map.__func__(cls), **moments()}

    factory: Any = ModelFactory.create_factory(
        model,
        __faker__=faker(),
        __allow_none_optionals__=False,
        get_provider_map=classmethod(providers),
    )
    factory.seed_random(SEED)
    return factory


@functools.cache
def faker() -> Any:
    """Return what polyfactory makes texts with; one of our own, as it is seeded."""
    from faker import Faker

    return Faker()


def moments() -> dict[Any, Callable[[], Any]]:
    """Return what makes dates and times, which would depend on the time of the call."""
    return {
        datetime: lambda: NOON.replace(tzinfo=None),
        date: NOON.date,
        time: NOON.time,
        pydantic.PastDate: NOON.date,
        pydantic.FutureDate: (NOON + CENTURIES).date,
        pydantic.PastDatetime: lambda: NOON.replace(tzinfo=None),
        pydantic.FutureDatetime: lambda: (NOON + CENTURIES).replace(tzinfo=None),
        pydantic.AwareDatetime: lambda: NOON,
        pydantic.NaiveDatetime: lambda: NOON.replace(tzinfo=None),
    }


def builtins(value: Any) -> Any:
    """Return a value of another library's type as JSON has it. Raises TypeError for one that is none."""
    msgspec = sys.modules.get("msgspec")
    if msgspec is None:
        raise TypeError(f"a {type(value).__name__} is no JSON")
    return msgspec.to_builtins(value)


def viewed(kind: Any) -> Any:
    """Return a type with those of utype replaced by ones that polyfactory knows."""
    if isinstance(kind, type) and "utype" in sys.modules:
        if "__parser__" in vars(kind):
            return schema_of(kind)
        if hasattr(kind, "__origin_transformer__"):
            return rule_of(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if not arguments or origin is Literal or not isinstance(arguments, tuple):
        return kind
    if origin is Annotated:
        annotated = (viewed(arguments[0]), *arguments[1:])
        return Annotated[annotated]
    inner = tuple(viewed(each) if not isinstance(each, list) else each for each in arguments)
    if all(now is before for now, before in zip(inner, arguments, strict=True)):
        return kind
    return Union[inner] if origin in (Union, UnionType) else origin[inner]  # noqa: UP007 - of a tuple


@functools.cache
def schema_of(kind: Any) -> Any:
    """Return a model with the fields of a schema of utype, by the names that it is read by."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {
        field.attname: (
            viewed(hints[field.attname]),
            pydantic.Field(alias=field.name, **constraints(vars(field.field).get("constraints") or {})),
        )
        for field in kind.__parser__.fields.values()
    }
    return pydantic.create_model(kind.__name__, **fields)


def rule_of(kind: Any) -> Any:
    """Return a rule of utype as an annotated type."""
    said = {name: value for base in reversed(kind.__mro__) for name, value in vars(base).items() if name[:1] != "_"}
    return Annotated[viewed(kind.__origin__), pydantic.Field(**constraints(said))]


def constraints(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the constraints of utype that pydantic has too."""
    found = {CONSTRAINTS.get(name, name): value for name, value in said.items() if value is not None}
    if "length" in found:
        found.update(min_length=found["length"], max_length=found["length"])
    return {name: value for name, value in found.items() if name in KNOWN}
