"""Applications that are not UtilMeta's and that a service mounts: of which kind each is, and which backends take it."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """Kind of an application, with the backends that mount one."""

    WSGI = "a WSGI application", "starlette and fastapi"
    ASGI = "an ASGI application", "starlette and fastapi"
    URLS = "an object with Django's URL patterns as `urls`, such as a NinjaAPI or a router", "django"

    def __init__(self, words: str, backends: str) -> None:
        self.words = words
        self.backends = backends


@dataclass(frozen=True, eq=False)
class ForeignApplication:
    """An application that a service mounts, at the whole ``route`` that it is at."""

    route: str
    application: Any
    kind: Kind


def kind_of(application: Any) -> Kind | None:
    """Return the kind of an application, None for what is none: a class, or what takes other arguments."""
    if isinstance(application, type):
        return None
    if not callable(application):
        return Kind.URLS if hasattr(type(application), "urls") else None  # NinjaAPI gives its own but once
    call = application if inspect.isroutine(application) else type(application).__call__
    if inspect.iscoroutinefunction(call):
        return Kind.ASGI
    if takes(application, 2):
        return Kind.WSGI  # environ, start_response
    return Kind.ASGI if takes(application, 3) else None  # scope, receive, send


def takes(application: Any, count: int) -> bool:
    """Return whether an application can be called with so many arguments."""
    try:
        inspect.signature(application).bind(*[None] * count)
    except (TypeError, ValueError):
        return False
    return True


def mountable_kind(application: Any, backend: str, mountable: Collection[Kind]) -> Kind:
    """Return the kind of an application. Raises TypeError for one of none in ``mountable``, which says on which
    backends it is mounted."""
    kind = kind_of(application)
    if kind is None:
        raise TypeError(
            f"mount takes an API class or a reference such as 'package.module.RootAPI', not {application!r}; on "
            "starlette and fastapi a WSGI or ASGI application too, on django a NinjaAPI or a router"
        )
    if kind not in mountable:
        raise TypeError(f"{application!r} is {kind.words}, which is mounted on {kind.backends}, not on {backend}")
    return kind
