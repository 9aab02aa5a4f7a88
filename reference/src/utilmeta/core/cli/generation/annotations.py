"""Writes types as annotations of a module, with the classes that they need."""

from __future__ import annotations

import collections.abc
import enum
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, get_args, get_origin

import annotated_types
import pydantic
from pydantic.fields import FieldInfo

from utilmeta.core.cli.generation.layout import Doc, Group, flat, literal
from utilmeta.core.cli.generation.models import Model, member_names, read_model
from utilmeta.core.cli.generation.namespace import Namespace
from utilmeta.core.request.parameters.constraint import BOUNDS, OTHERS
from utilmeta.core.request.schemas.adapter import compile_adapter, library_of
from utilmeta.core.request.unset import UNSET
from utilmeta.utils.exceptions import DeclarationError

SHORT = 40  # characters of a union that is written as `A | B`
BUILTINS = (str, int, float, bool, bytes, object)
MODULES = ("datetime", "decimal", "uuid", "pathlib", "ipaddress", "fractions")
CONTAINERS = ("builtins", "collections", "collections.abc")
NOTES = (annotated_types.BaseMetadata, annotated_types.GroupedMetadata, pydantic.StringConstraints)


class Annotations:
    """Writes annotations. ``write`` writes a class, which is called ``name``, when a type first needs it."""

    def __init__(self, names: Namespace, write: Callable[[Any, Model, str, str], None]) -> None:
        self.names = names
        self.write = write
        self.classes: dict[tuple[Any, str], str] = {}
        self.within: list[Any] = []

    def doc(self, hint: Any, where: str) -> Doc:
        """Return the annotation for a type. Raises DeclarationError, which begins with ``where``."""
        origin, arguments = get_origin(hint), get_args(hint)
        if hint is None or hint is type(None):
            return "None"
        if hint is Any:
            return self.any
        if isinstance(hint, typing.TypeVar):
            return self.any if hint.__bound__ is None else self.doc(hint.__bound__, where)
        for name in ("__value__", "__supertype__"):
            if hasattr(hint, name):
                with self.inside(hint, where):
                    return self.doc(getattr(hint, name), where)
        if origin is Annotated:
            notes = self.constraints(arguments[1:])
            inner = self.doc(arguments[0], where)
            return Group(f"{self.typing('Annotated')}[", [inner, notes], "]") if notes else inner
        if origin in (typing.Union, types.UnionType):
            return self.union(arguments, where)
        if origin is typing.Literal:
            values = [self.value(each) for each in arguments]
            if None not in values:
                return Group(f"{self.typing('Literal')}[", [each for each in values if each is not None], "]")
        return self.named(hint, where)

    def named(self, hint: Any, where: str) -> Doc:
        """Return the annotation for a class, or a generic one with its type arguments."""
        key = (hint, repr(hint))
        if key in self.classes:
            return self.classes[key]
        try:
            model = read_model(hint)
        except DeclarationError as error:
            raise refusal(hint, where, str(error)) from None
        if model is not None:
            self.classes[key] = name = self.names.defined(joined(model.name), "Type")
            self.write(hint, model, name, where)
            return name
        if library_of(hint) is not None:
            parts = getattr(hint, "args", None) or [getattr(hint, "__origin__", None)]
            if all(parts):
                return self.union(parts, where)
        kind = get_origin(hint) or hint
        if not isinstance(kind, type):
            raise refusal(hint, where)
        return self.container(kind, get_args(hint), where) or self.leaf(kind, hint, where)

    def container(self, kind: type, arguments: Sequence[Any], where: str) -> Doc | None:
        """Return the annotation for a list, mapping or the like; None for any other class."""
        if not issubclass(kind, collections.abc.Iterable) or kind.__module__ not in CONTAINERS or kind in BUILTINS:
            return None
        if kind is tuple:
            items = [*arguments] or [Any, ...]
        else:
            items = [*arguments] or [Any] * (2 if issubclass(kind, collections.abc.Mapping) else 1)
        written = ["..." if item is ... else self.doc(item, where) for item in items]
        return Group(f"{self.names.imported(kind.__module__, kind.__name__)}[", written, "]")

    def leaf(self, kind: type, hint: Any, where: str) -> str:
        """Return the name of a class of Python or pydantic. Raises DeclarationError for any other."""
        if kind in BUILTINS:
            return self.names.imported("builtins", kind.__name__)
        for module in (*MODULES, "pydantic"):
            if getattr(sys.modules.get(module), kind.__name__, None) is kind and kind is not pydantic.BaseModel:
                return self.names.imported(module, kind.__name__)
        raise refusal(hint, where)

    def union(self, kinds: Iterable[Any], where: str) -> Doc:
        """Return the annotation for one of several types."""
        parts = list({flat(doc): doc for doc in (self.doc(kind, where) for kind in kinds)}.values())
        if len(parts) == 1:
            return parts[0]
        text = " | ".join(flat(part) for part in parts)
        return text if len(text) <= SHORT else Group(f"{self.typing('Union')}[", parts, "]")

    def optional(self, doc: Doc) -> Doc:
        """Return the annotation that allows None too."""
        text = f"{flat(doc)} | None"
        if flat(doc).endswith("| None") or flat(doc) in ("None", self.names.imports.get(("typing", "Any"))):
            return doc
        return text if len(text) <= SHORT else Group(f"{self.typing('Optional')}[", [doc], "]")

    def constraints(self, notes: Iterable[Any], *more: Doc) -> Group | None:
        """Return the Field with the constraints of a type, and more arguments; None where there are none.

        What is a function of the service is left to it.
        """
        found = dict(self.bounds(notes))
        given: list[Doc] = [*more, *(f"{name}={value}" for name, value in found.items())]
        return Group(f"{self.names.imported('pydantic', 'Field')}(", given, ")") if given else None

    def bounds(self, notes: Iterable[Any]) -> Iterator[tuple[str, str]]:
        """Yield the constraints in metadata, by name, with the sources of their bounds."""
        for note in notes:
            if isinstance(note, FieldInfo):
                yield from self.bounds(note.metadata)
                if isinstance(note.discriminator, str):
                    yield "discriminator", str(literal(note.discriminator))
            elif isinstance(note, NOTES):
                for name in (*BOUNDS, *OTHERS):
                    bound = getattr(note, name, None)
                    bound = getattr(bound, "pattern", bound)
                    source = literal(bound)
                    if bound is not None and source is not None and (name != "pattern" or compiles(bound)):
                        yield name, source

    def value(self, value: Any) -> str | None:
        """Return the source of a literal, or of a member of an Enum; None for any other value."""
        if isinstance(value, enum.Enum) and value.name in type(value).__members__:
            owner = self.doc(type(value), f"the default {value!r}")
            return f"{flat(owner)}.{member_names(type(value))[value.name]}"
        return literal(value)

    def default(self, value: Any, hint: Any, *, mutable: bool) -> Doc | None:
        """Return the source of a default that is of its type; None where it has none.

        That of a list or mapping is returned for what copies it alone, which is what ``mutable`` says.
        """
        if value is UNSET:
            return None
        if value is None:
            return "None"
        try:
            compile_adapter(hint, "").validate_python(value, strict=True)
        except Exception:  # noqa: BLE001 - a type's own code may raise what it likes; it has no default then
            return None
        return self.source(value) if mutable or not isinstance(value, (list, dict, set)) else None

    def source(self, value: Any) -> Doc | None:
        """Return the source of a value of literals, lists, tuples and mappings."""
        if type(value) in (list, tuple):
            items = [self.source(each) for each in value]
            written: list[Doc] = [item for item in items if item is not None]
            if len(written) < len(items) or (type(value) is tuple and len(items) == 1):
                return None
            return Group("[" if type(value) is list else "(", written, "]" if type(value) is list else ")")
        if type(value) is dict:
            pairs = [(self.value(key), self.source(each)) for key, each in value.items()]
            if any(None in pair for pair in pairs):
                return None
            return Group("{", [(f"{key}: ", each or "") for key, each in pairs], "}")
        return self.value(value)

    def typing(self, name: str) -> str:
        """Return a name of typing."""
        return self.names.imported("typing", name)

    @property
    def any(self) -> str:
        """The annotation for anything."""
        return self.typing("Any")

    @contextmanager
    def inside(self, hint: Any, where: str) -> Iterator[None]:
        """Refuse an alias that stands for a type with itself in it. Raises DeclarationError."""
        if any(each is hint for each in self.within):
            raise refusal(hint, where, "it is an alias of a type that it is in")
        self.within.append(hint)
        yield
        self.within.pop()


def joined(name: str) -> str:
    """Return the name of a class with type arguments in brackets as one word: ``PagePet`` for ``Page[Pet]``."""
    first, *more = re.split(r"\W+", name)
    return "".join([first, *(each[:1].upper() + each[1:] for each in more)])


def compiles(pattern: str) -> bool:
    """Return whether pydantic's own engine takes a regex."""
    try:
        pydantic.TypeAdapter(Annotated[str, pydantic.Field(pattern=pattern)])
    except Exception:  # noqa: BLE001 - of the engine
        return False
    return True


def refusal(hint: Any, where: str, why: str = "") -> DeclarationError:
    """Return the error for a type that cannot be written."""
    shown = getattr(hint, "__qualname__", None) or repr(hint)
    reason = why or "it is a class of the service's own, or of a library"
    return DeclarationError(f"{where} has the type {shown}, which cannot be written: {reason}")
