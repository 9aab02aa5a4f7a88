"""Check of parameter defaults when they are declared, because an endpoint gets a default unconverted (API-11c)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pydantic

from utilmeta.core.request.schemas.adapter import Adapter
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.utils.exceptions import DeclarationError


def check_default(default: Any, adapter: Adapter, label: str) -> None:
    """Raise DeclarationError, which begins with ``label``, for a default that is not of the annotated type.

    None is allowed for every type. A value that the type would only convert is refused, because defaults are not
    converted; an equal number, or a tuple in place of a list, is taken.
    """
    if default is UNSET or default is None or isinstance(default, DefaultFactory):
        return
    try:
        adapter.validate_python(default, strict=True)
        return
    except Exception:  # noqa: BLE001 - a type's own code may raise what it likes; the second try tells
        pass
    try:
        converted = adapter.validate_python(default)
    except Exception as error:
        raise DeclarationError(f"{label}: its default {default!r} is not of its type: {reason(error)}") from error
    if not is_same(default, converted):
        raise DeclarationError(
            f"{label}: its default {default!r} is only converted to its type, which nothing does with a default; "
            f"give it as {converted!r}"
        )


def is_same(default: Any, converted: Any) -> bool:
    """Return whether a conversion left a default equal; a tuple and a list of equal items are."""
    if isinstance(default, Sequence) and isinstance(converted, (list, tuple)):
        return list(default) == list(converted)
    return bool(default == converted)


def reason(error: Exception) -> str:
    """Return the text of an error of validation or of a type's own code, for a declaration error."""
    if isinstance(error, pydantic.ValidationError):
        return "; ".join(each["msg"] for each in error.errors(include_url=False, include_context=False)[:3])
    return str(error)


def check_unmarked(name: str, default: Any, annotation: Any, extras: Iterable[Any], label: str) -> None:
    """Raise DeclarationError for a parameter that other frameworks fill in and this one does not.

    Such are an unannotated ``request`` or ``response``, a type or ``...`` as default, and FastAPI's markers.
    """
    bare = annotation is Any
    if bare and default is UNSET and name in ("request", "response"):
        cure = "the request is self.request" if name == "request" else "what is returned is the response"
        raise DeclarationError(f"{label} would be taken from the query; {cure}. For one that is sent, annotate it")
    if bare and isinstance(default, type):
        raise DeclarationError(f"{label} has a type as its default; annotate it: {name}: {default.__name__}")
    for each in (default, *extras):
        module = (each if isinstance(each, type) else type(each)).__module__.partition(".")[0]
        if module == "fastapi":
            raise DeclarationError(
                f"{label}: {type(each).__name__} is of FastAPI, and says nothing here; the markers are those of "
                "utilmeta.core.request, and what FastAPI has dependencies for is an api.before hook, or __init__"
            )
    if default is ...:
        raise DeclarationError(f"{label} has ... as its default; without a default it is required")
