"""Checks for declarations in API classes that would silently do nothing; each is an error that says so (API-11).

They find mounts that are not annotated with exactly their class, names that instances need themselves, and templates
that are no class. Each class of an application is checked once.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, get_args, get_origin

from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.api.declaration import API, CORE_METHODS, Given
from utilmeta.core.api.instance import Members, members_of
from utilmeta.core.request.unset import UNSET
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError

# Names that instances need, beside those of every object; `response` is the class's template.
NEEDED = frozenset({"request", "response", *vars(API)})


def check_class(cls: type[API]) -> None:
    """Raise DeclarationError, naming class and attribute, for a declaration that would do nothing."""
    members = members_of(cls)
    hints = typing.get_type_hints(cls, include_extras=True)  # members_of has raised for those that do not resolve
    for name, value in attributes(cls):
        label = f"{cls.__qualname__}.{name}"
        kind = kind_of(name, value, members)
        if kind and is_needed(name):
            raise DeclarationError(f"{label} is {kind} of a name that instances need themselves; give it another")
        if not kind:
            check_mount(label, name, value, hints.get(name, UNSET), members)
    check_template(cls, hints)


def attributes(cls: type[API]) -> Iterator[tuple[str, Any]]:
    """Yield the names that a class and its bases annotate or define, each with its value or UNSET."""
    own = [base for base in reversed(cls.__mro__) if base not in (API, object) and base not in API.__mro__]
    for name in dict.fromkeys(name for base in own for name in (*vars(base), *annotated_names(base))):
        value = inspect.getattr_static(cls, name, UNSET)
        yield name, value.value if isinstance(value, Given) else value


def is_needed(name: str) -> bool:
    """Return whether an attribute's name is reserved because instances of API classes need it."""
    return name in NEEDED or hasattr(object, name)


def kind_of(name: str, value: Any, members: Members) -> str:
    """Return what an attribute declares, as "a mount"; an empty text where it declares nothing."""
    if name in members.mounts:
        return "a mount"
    if name in members.shared:
        return "a parameter"
    if hasattr(value, "__operation__"):
        return "an endpoint"
    return "a hook" if hasattr(value, "__hooks__") else ""


def check_mount(label: str, name: str, value: Any, hint: Any, members: Members) -> None:
    """Raise DeclarationError for an attribute that looks like a mount and mounts nothing."""
    if name in CORE_METHODS and value not in (UNSET, None) and not inspect.isfunction(value):
        raise DeclarationError(f"{label} is {value!r}, which answers nothing; {name} is a function of the class")
    if isinstance(value, API) or (is_api(value) and not name.startswith("_") and not is_kept(hint)):
        cls = value if isinstance(value, type) else type(value)
        if hint is not UNSET or not any(issubclass(mount.cls, cls) for mount in members.mounts.values()):
            raise DeclarationError(
                f"{label} is {value!r}, which mounts nothing; to mount it, annotate: {name}: {cls.__qualname__}, and "
                "to call its functions alone, keep it outside of the class"
            )
    elif value in (UNSET, None) and hint is not UNSET and not is_mount(hint):  # a mount removed by None
        for cls in classes_in(hint):
            if is_api(cls):
                raise DeclarationError(
                    f"{label} is annotated with {hint!r}, which mounts nothing; a mount is annotated with its class "
                    f"alone: {name}: {cls.__qualname__}"
                )
            if any(hasattr(each, "__operation__") for each in vars(cls).values()):
                raise DeclarationError(
                    f"{label}: {cls.__qualname__} has endpoints but is no API class, so it mounts nothing; derive it "
                    "from api.API"
                )


def is_api(value: Any) -> bool:
    """Return whether a value is an API class."""
    return isinstance(value, type) and issubclass(value, API)


def is_mount(hint: Any) -> bool:
    """Return whether an annotation is an API class, with or without metadata."""
    return is_api(get_args(hint)[0] if get_origin(hint) is Annotated else hint)


def is_kept(hint: Any) -> bool:
    """Return whether an annotation (``type`` or ClassVar) says that an attribute holds a class, and mounts none."""
    return hint is type or get_origin(hint) in (type, ClassVar)


def classes_in(hint: Any) -> Iterator[type]:
    """Yield the classes in an annotation, to any depth."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for argument in get_args(hint):
        yield from classes_in(argument)


def check_template(cls: type[API], hints: Mapping[str, Any]) -> None:
    """Raise DeclarationError for a ``response`` that looks like a template and is none."""
    template, hint = getattr(cls, "response", UNSET), hints.get("response")
    if template in (UNSET, None) and isinstance(hint, type) and issubclass(hint, Response):
        raise DeclarationError(
            f"{cls.__qualname__}.response is annotated with a template, and is none; assign it: "
            f"response = {hint.__qualname__}"
        )
    if isinstance(template, Response):
        raise DeclarationError(
            f"{cls.__qualname__}.response is a Response; a template is its class: {type(template).__qualname__}"
        )
