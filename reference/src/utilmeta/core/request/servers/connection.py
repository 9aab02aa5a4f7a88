"""The connection that a request came by: scheme, addresses and mount point, and URLs made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

# Characters left unencoded in a path and in a query (RFC 3986, 3.3 and 3.4); a query stays as it was sent.
OF_PATH = "/:@!$&'()*+,;=-._~"
OF_QUERY = OF_PATH + '?%[]{}|\\^`"<>'
AUTHORITY_END = re.compile(r"[/?#]")


@dataclass(frozen=True)
class Connection:
    """What a server knows of the connection that a request came by.

    ``scheme`` is http or https; ``server`` the address that the client connected to, with its port; ``peer`` the
    client's address, empty where it has none; ``mount`` the percent-decoded path that the application is mounted at.
    """

    scheme: str
    server: str
    peer: str
    mount: bytes = b""


@dataclass(frozen=True)
class Adaptor:
    """Holder of the framework's own request object, as ``request`` (REQUEST-1b)."""

    request: Any


def absolute_url(scheme: str, host: str, path: bytes, query: bytes) -> str:
    """Return the URL of a percent-decoded path and a query as sent."""
    return f"{scheme}://{host}{quote(path, OF_PATH)}" + (f"?{quote(query, OF_QUERY)}" if query else "")


def authority_of(target: str) -> str:
    """Return the authority of a request target in absolute form, which replaces the Host header (RFC 9112, 3.2.2)."""
    return AUTHORITY_END.split(target.partition("://")[2], 1)[0]


def authority(address: tuple[str, int | None] | None) -> str:
    """Return an address as a Host header writes it."""
    if address is None:
        return ""
    name, port = address
    name = f"[{name}]" if ":" in name else name
    return name if port is None else f"{name}:{port}"
