"""Checks the arguments of ``UtilMeta``, one function each. Errors name the argument, the value and the cure.

Each raises TypeError for a value of the wrong type, ValueError for another wrong value.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from utilmeta.core.request.client_address import proxies
from utilmeta.core.request.origin import origin_of
from utilmeta.core.request.text import split_path
from utilmeta.core.routing.spelling import check_spelling
from utilmeta.core.server.reference import split
from utilmeta.utils.exceptions import DeclarationError

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def module_name(value: object) -> str:
    """The name of the declaring module."""
    if not isinstance(value, str) or not value:
        raise TypeError(f"the first argument is the module's name: UtilMeta(__name__, ...), not {value!r}")
    return value


def name(value: object, directory: Path) -> str:
    """The name of the service; by default that of the project directory, with other characters replaced (SERVICE-4)."""
    if value is None:
        fitted = re.sub(r"[^A-Za-z0-9_-]", "-", directory.name) or "_"
        return fitted if NAME.fullmatch(fitted) else "_" + fitted
    if not isinstance(value, str):
        raise TypeError(f"name takes a text, not {value!r}")
    if not NAME.fullmatch(value):
        raise ValueError(
            f"name {value!r} does not fit: a letter or underscore, then letters, digits, underscores and hyphens"
        )
    return value


def text(argument: str, value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError(f"{argument} takes a text, not {value!r}")
    return value


def flag(argument: str, value: object) -> bool | None:
    """True, False, or None where it is not given."""
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{argument} takes True or False, not {value!r}")
    return value


def host(value: object) -> str:
    """An IP address or host name, brackets taken off; by default 127.0.0.1."""
    if value is None:
        return "127.0.0.1"
    if not isinstance(value, str) or not value:
        raise TypeError(f"host takes an IP address or a host name as a text, not {value!r}")
    bare = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    if "/" in bare or any(character.isspace() for character in bare):
        raise ValueError(f"host {value!r} is no IP address or host name; give it without scheme, port or path")
    return bare


def port(value: object) -> int | None:
    """A port from 1 to 65535, or None where it is not given."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"port takes a number, not {value!r}")
    if not 1 <= value <= 65535:
        raise ValueError(f"port {value} is out of range; give one from 1 to 65535")
    return value


def route(value: object) -> str:
    """The root route as ``/`` or ``/api`` (SERVICE-18)."""
    if not isinstance(value, str):
        raise TypeError(f"route takes a path such as '/api', not {value!r}")
    parts = urlsplit(value)
    if parts.scheme or parts.netloc:
        raise ValueError(f"route {value!r} is an absolute URL; give its path alone, such as {parts.path or '/'!r}")
    if any(mark in value for mark in "?#{}"):
        raise ValueError(f"route {value!r} is no plain path; give one such as '/api'")
    for part in split_path(value):
        try:
            check_spelling(part, value, "the root route")
        except DeclarationError as error:
            raise ValueError(f"route {value!r} is no plain path; give one such as '/api'") from error
    return "/" + "/".join(split_path(value))


def size(argument: str, value: object) -> int:
    """A number of bytes, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{argument} takes a number of bytes, not {value!r}")
    if value < 0:
        raise ValueError(f"{argument} cannot be negative: {value}")
    return value


def count(argument: str, value: object, *, least: int = 0) -> int:
    """A whole number, ``least`` or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{argument} takes a whole number, not {value!r}")
    if value < least:
        raise ValueError(f"{argument} is at least {least}, not {value}")
    return value


def patience(argument: str, value: object) -> float:
    """A number of seconds above 0, as 0 would close every connection at once."""
    given = seconds(argument, value)
    if not given:
        raise ValueError(f"{argument} is more than 0 seconds, not {value}; to wait long give a large number")
    return given


def seconds(argument: str, value: object) -> float:
    """A finite number of seconds, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{argument} takes a number of seconds, not {value!r}")
    if not 0 <= value < float("inf"):
        raise ValueError(f"{argument} is a finite number of seconds, at least 0, not {value}")
    return value


def hosts(value: object) -> tuple[str, ...] | None:
    """Host names, or None where they are not given."""
    if value is None:
        return None
    if isinstance(value, str) or not isinstance(value, (list, tuple, set, frozenset)):
        raise TypeError(f"allowed_hosts takes a list of host names, not {value!r}")
    return tuple(text("allowed_hosts", item) for item in value)


def origin(value: object) -> str | None:
    """Scheme, host and perhaps port of ``https://api.example.com``, or None where it is not given (CONFIG-g2)."""
    if value is None:
        return None
    given = text("origin", value)
    found = origin_of(given)
    scheme, _, place = (found or "").partition("://")
    if scheme.lower() not in ("http", "https"):  # The text is not quoted, as it may hold a password.
        raise ValueError("origin is no http or https address of a host; give one such as 'https://api.example.com'")
    if given.removesuffix("/") != found:
        raise ValueError(f"origin has more than scheme, host and port; give {found!r}")
    return f"{scheme.lower()}://{place}"


def trusted_proxies(value: object) -> tuple[str, ...]:
    """Addresses and networks of proxies (SECURITY-19)."""
    if isinstance(value, str) or not isinstance(value, (list, tuple, set, frozenset)):
        raise TypeError(f"trusted_proxies takes a list of addresses and networks, not {value!r}")
    given = tuple(text("trusted_proxies", item) for item in value)
    try:
        proxies(given)
    except ValueError as error:
        raise ValueError(
            f"trusted_proxies: {error}; give addresses and networks of proxies, such as '10.0.0.7' or '10.0.0.0/8'"
        ) from error
    return given


def api(value: Any) -> Any:
    """An API class, or a reference such as ``"package.module.RootAPI"``; it is not resolved here (SERVICE-17)."""
    if is_api(value):
        return value
    raise TypeError(f"api takes an API class or a reference such as 'package.module.RootAPI', not {value!r}")


def is_api(value: Any) -> bool:
    """Whether a value is an API class, or can be a reference to one."""
    from utilmeta.core.api.declaration import API

    if isinstance(value, str):
        return ":" not in value and split(value) is not None
    return isinstance(value, type) and issubclass(value, API)
