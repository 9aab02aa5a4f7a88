"""Defaults of parameters and fields: shared by all requests where they are immutable, else copied (REQUEST-16)."""

from __future__ import annotations

import copy
import datetime
import decimal
import fractions
import functools
import ipaddress
import pathlib
import uuid
from typing import Any

from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.core.request.unset import DefaultFactory, Unset
from utilmeta.utils.exceptions import DeclarationError

# Immutable types, most of which copy.deepcopy would copy all the same; an object() is a sentinel.
IMMUTABLE = frozenset(
    {
        *(int, float, bool, str, bytes, type(None), Unset, object, decimal.Decimal, fractions.Fraction, uuid.UUID),
        *(datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone),
        *(pathlib.PurePath, pathlib.PurePosixPath, pathlib.PureWindowsPath, pathlib.PosixPath, pathlib.WindowsPath),
        *(ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network),
    }
)


def fresh(default: Any, label: str) -> Any:
    """Return ``default`` if requests can share it, else a DefaultFactory that copies it.

    Raises DeclarationError, which begins with ``label``, for a default that cannot be copied.
    """
    return default if is_shared(default, label) else DefaultFactory(functools.partial(copy.deepcopy, default))


def copying(schema: Schema, label: str) -> Schema:
    """Return a core schema whose default is copied for each use; pydantic copies only those that are not hashable."""
    if schema["type"] != "default" or "default" not in schema or is_shared(schema["default"], label):
        return schema
    made = {key: part for key, part in schema.items() if key != "default"}
    return {**made, "default_factory": functools.partial(copy.deepcopy, schema["default"])}


def check_given(default: Any, label: str) -> None:
    """Raise TypeError for a mutable default that a library gives to all instances of its class, called ``label``.

    Lists and mappings are copied by those libraries, so only what is in them is checked.
    """
    if isinstance(default, (list, set, dict)):
        for item in default.values() if isinstance(default, dict) else default:
            check_given(item, label)
        return
    try:
        shared = is_shared(default, label)
    except DeclarationError:
        shared = False
    if not shared:
        raise TypeError(
            f"the default of {label} is one object for all, {type(default)!r}; make it in a default_factory"
        )


def is_shared(default: Any, label: str) -> bool:
    """Return whether all requests can share a default, because it is immutable.

    Raises DeclarationError, which begins with ``label``, for a default that cannot be copied.
    """
    if type(default) in IMMUTABLE or isinstance(default, DefaultFactory):
        return True
    if isinstance(default, (tuple, frozenset)) and type(default) in (tuple, frozenset):
        return all(is_shared(item, label) for item in default)
    try:
        return copy.deepcopy(default) is default
    except Exception as error:  # of the class's own code, or because it cannot be copied
        raise DeclarationError(
            f"{label} has a default that cannot be copied, as each request has to have its own, {type(default)!r}: "
            f"{error}; make it in a default_factory, of a pydantic.Field or of the class that has it"
        ) from error
