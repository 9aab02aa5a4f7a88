"""Set-Cookie headers from the cookies of a Response (RFC 6265, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import format_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from typing import Any

from utilmeta.core.request.headers import TOKEN

Cookies = Mapping[str, str | Mapping[str, Any]]

BREAKS = re.compile(r"[\x00-\x1f\x7f;]")
SAME_SITE = ("lax", "none", "strict")


def set_cookie(name: str, cookie: Any) -> str:
    """Return the value of a Set-Cookie header.

    Raises TypeError or ValueError, naming the cookie and the attribute, for what would break the header or what
    browsers do not support.
    """
    members = dict(cookie) if isinstance(cookie, Mapping) else {"value": cookie}
    value = members.pop("value", "")
    if not isinstance(name, str) or not TOKEN.fullmatch(name):
        raise ValueError(f"cookies: {name!r} is no name of a cookie; it is made of letters, digits and -_.")
    if not isinstance(value, str):
        raise TypeError(f"cookies: the value of {name!r} is a text, not {value!r}")
    try:
        value.encode("latin-1")
        jar: SimpleCookie = SimpleCookie({name: value})
        morsel = jar[name]
    except (CookieError, UnicodeEncodeError):
        raise ValueError(
            f"cookies: the value of {name!r} holds what no cookie can; percent-encode it (urllib.parse.quote)"
        ) from None
    for key, member in members.items():
        set_attribute(morsel, name, key, member)
    return morsel.OutputString()


def set_attribute(morsel: Morsel[str], name: str, key: str, member: Any) -> None:
    """Set the attribute ``key`` (such as ``max_age``) of the cookie ``name`` to ``member``. Raises ValueError, naming
    the cookie, for an attribute that cookies do not have and for a value that it cannot have."""
    if key in ("secure", "httponly") and isinstance(member, bool):
        morsel[key] = member
    elif key == "max_age" and isinstance(member, int) and not isinstance(member, bool):
        morsel["max-age"] = str(member)
    elif key == "expires" and isinstance(member, datetime):
        morsel[key] = format_datetime(member.astimezone(timezone.utc), usegmt=True)
    elif key in ("path", "domain") and isinstance(member, str) and member.isascii() and not BREAKS.search(member):
        morsel[key] = member
    elif key == "samesite" and isinstance(member, str) and member.lower() in SAME_SITE:
        morsel[key] = member.capitalize()
    else:
        raise ValueError(
            f"cookies: {name!r} cannot have {key}={member!r}; there are max_age (a number of seconds), expires (a "
            "datetime), path and domain (texts), secure and httponly (True or False), samesite (lax, none or strict)"
        )
