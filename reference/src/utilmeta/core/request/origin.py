"""Origins of requests: scheme, host, and a port other than the scheme's default (RFC 6454)."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address

from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import PermissionDenied

PORTS = {"http": 80, "https": 443}

# Scheme, host and perhaps port (RFC 6454, 6.2), the host a name as it is in DNS, or an address (RFC 3986, 3.2.2).
NAME = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?"
ORIGIN = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*://(?:{NAME}|\[([0-9A-Fa-f:.]+)\])(?::([0-9]{{1,5}}))?")
LAST_PORT = 65535

# Values of Sec-Fetch-Site (Fetch Metadata, 2.1) of requests that pages of other origins make, and of those they do not.
OTHERS = frozenset({"cross-site", "same-site"})
OWN = frozenset({"same-origin", "none"})


def origin_of(text: str) -> str | None:
    """Return the origin that a text is or begins with, as a URL does; None where there is none."""
    found = ORIGIN.match(text)
    if found is None or text[found.end() :][:1] not in ("", "/", "?", "#"):
        return None
    address, port = found.groups()
    if port is not None and not 1 <= int(port) <= LAST_PORT:
        return None
    try:
        IPv6Address(address or "::")
    except ValueError:
        return None
    return found[0]


def own(origin: str, request: Request) -> bool:
    """Return whether an origin is the API's own host."""
    scheme, host = origin.partition("://")[0], request.header("host")
    return host is not None and normal(origin) == normal(f"{scheme}://{host}")


def normal(origin: str) -> str:
    """Return an origin in lower case, without the default port of its scheme."""
    scheme, _, host = origin.lower().partition("://")
    name, _, port = host.rpartition(":")
    return f"{scheme}://{name}" if port and port == str(PORTS.get(scheme)) else f"{scheme}://{host}"


def check_form(request: Request) -> None:
    """Raise PermissionDenied for a form that a page of another origin posts where JSON is expected (SECURITY-18a).

    A browser sends it without a preflight, and with the user's cookies.
    """
    site = request.header("sec-fetch-site")
    if site in OWN:
        return
    origin = request.header("origin")
    if site in OTHERS or not (origin is None or own(origin, request) or getattr(request, "cross_origin", False)):
        raise PermissionDenied(
            "A page of another origin may not send a form here; send JSON, or declare the form (request.Form)"
        )


def local_url(host: str, port: int, route: str) -> str:
    """The URL of a service for a client on this machine; an unspecified address becomes the loopback one."""
    try:
        address = ip_address(host)
    except ValueError:
        shown = host
    else:
        if address.is_unspecified:
            address = ip_address("127.0.0.1" if address.version == 4 else "::1")
        shown = str(address) if address.version == 4 else f"[{address}]"
    return f"http://{shown}:{port}{route}"
