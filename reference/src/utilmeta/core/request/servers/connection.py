"""What a server knows of the connection that a request came by, and of the framework's own request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

# What stands for itself in a path and in a query (RFC 3986, 3.3 and 3.4); of a query nothing is encoded anew.
OF_PATH = "/:@!$&'()*+,;=-._~"
OF_QUERY = OF_PATH + '?%[]{}|\\^`"<>'
AUTHORITY_END = re.compile(r"[/?#]")


@dataclass(frozen=True)
class Connection:
    """``scheme`` is http or https; ``server`` the address that was asked, with its port; ``peer`` the address that
    asked, empty where it has none; ``mount`` the path, percent-decoded, that the application is mounted at."""

    scheme: str
    server: str
    peer: str
    mount: bytes = b""


@dataclass(frozen=True)
class Adaptor:
    """``request`` is the framework's own request object (REQUEST-1b)."""

    request: Any


def absolute_url(scheme: str, host: str, path: bytes, query: bytes) -> str:
    """The URL of a path that is percent-decoded and a query as sent."""
    return f"{scheme}://{host}{quote(path, OF_PATH)}" + (f"?{quote(query, OF_QUERY)}" if query else "")


def authority_of(target: str) -> str:
    """The authority of a request target in absolute form, which is the host of its request (RFC 9112, 3.2.2)."""
    return AUTHORITY_END.split(target.partition("://")[2], 1)[0]


def authority(address: tuple[str, int | None] | None) -> str:
    """An address as a Host header names it."""
    if address is None:
        return ""
    name, port = address
    name = f"[{name}]" if ":" in name else name
    return name if port is None else f"{name}:{port}"
