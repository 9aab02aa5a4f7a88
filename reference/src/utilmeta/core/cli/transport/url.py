"""URLs of requests: taken apart by RFC 3986, and percent-encoded where that asks for it.

Urls of one client differ in their paths and queries; what an origin is worked out to is kept.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlsplit

URL = re.compile(r"([^:/?#]+://[^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
PATH = "/%:@!$&'()*+,;=~"
QUERY = PATH + "?[]|"
AS_PATH = re.compile(r"[A-Za-z0-9._~/%:@!$&'()*+,;=-]*")
AS_QUERY = re.compile(r"[A-Za-z0-9._~/%:@!$&'()*+,;=?\[\]|-]*")
PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host and port (RFC 6454, 4)."""

    scheme: str
    host: str
    port: int


class Place(NamedTuple):
    """An absolute URL of http or https, in ASCII; ``netloc`` is host and port as the URL has them."""

    origin: Origin
    netloc: str
    path: str
    query: str

    @property
    def target(self) -> str:
        """Path and query, as a request has them."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def url(self) -> str:
        """The URL, without user and password."""
        return f"{self.origin.scheme}://{self.netloc}{self.target}"


def place_of(url: str) -> Place:
    """Return the place of a URL. Raises ValueError for what is no absolute URL of http or https."""
    found = URL.fullmatch(url)
    if found is None:
        raise ValueError("it is no absolute URL")
    base, path, query = found.groups()
    origin, netloc = origin_of(base)
    return Place(origin, netloc, encoded(path or "/", AS_PATH, PATH), encoded(query or "", AS_QUERY, QUERY))


@functools.lru_cache(maxsize=256)
def origin_of(base: str) -> tuple[Origin, str]:
    """Return the origin of a URL without a path, and its host and port as it has them. Raises ValueError."""
    parts = urlsplit(base)
    netloc = parts.netloc.rpartition("@")[2]
    netloc = netloc if netloc.isascii() else netloc.encode("idna").decode()
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("it is no absolute URL of http or https")
    return Origin(parts.scheme, urlsplit(f"//{netloc}").hostname or "", parts.port or PORTS[parts.scheme]), netloc


def encoded(text: str, plain: re.Pattern[str], safe: str) -> str:
    """Return a part of a URL percent-encoded, where ``plain`` does not match it."""
    return text if plain.fullmatch(text) else quote(text, safe=safe)


def segment(text: str) -> str:
    """Return a text as one segment of a path."""
    return text if UNRESERVED.fullmatch(text) else quote(text, safe="")


def form(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values as a query or form has them."""
    return "&".join([f"{plus(name)}={plus(value)}" for name, value in pairs])


def plus(text: str) -> str:
    """Return a text as a part of a form; bytes that are no UTF-8 are in it as surrogates."""
    return text if UNRESERVED.fullmatch(text) else quote_plus(text, errors="surrogateescape")


def shown(url: str) -> str:
    """Return a URL without user, password, query and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "what is no URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
