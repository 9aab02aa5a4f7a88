"""Cookies that answers set, kept for the requests that they are for (RFC 6265).

``http.cookiejar`` is older than that: it sends a cookie without a domain to subdomains, and takes parts of IP addresses
and ``local`` for domains.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import mktime_tz, parsedate_tz
from http.cookies import SimpleCookie
from ipaddress import ip_address
from threading import Lock
from time import time
from typing import Any
from urllib.parse import urlsplit

from utilmeta.core.cli.transport.message import Lines

MOST = 300  # cookies that a client keeps; then the oldest goes


@dataclass(frozen=True, repr=False)
class Cookie:
    """A cookie that is kept; ``expires`` is in seconds since the epoch, None for one that does not."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    expires: float | None

    def is_for(self, host: str, path: str, *, secure: bool) -> bool:
        """Return whether the cookie is sent with a request (RFC 6265, 5.4)."""
        domain = host == self.domain if self.host_only else domain_matches(host, self.domain)
        return domain and path_matches(path, self.path) and (secure or not self.secure)


class Cookies:
    """The cookies of a client; threads may share it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], Cookie] = {}
        self.lock = Lock()

    def header(self, url: str) -> str:
        """Return the header Cookie for a URL, empty where there is none."""
        if not self.kept:
            return ""
        parts = urlsplit(url)
        host, path, secure, now = parts.hostname or "", parts.path or "/", parts.scheme == "https", time()
        with self.lock:
            found = [
                cookie
                for cookie in self.kept.values()
                if (cookie.expires is None or cookie.expires > now) and cookie.is_for(host, path, secure=secure)
            ]
        found.sort(key=lambda cookie: len(cookie.path), reverse=True)
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in found)

    def keep(self, url: str, headers: Lines) -> None:
        """Keep the cookies that the answer to a URL sets."""
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie = parsed(value, url)
                if cookie is not None:
                    self.add(cookie)

    def add(self, cookie: Cookie) -> None:
        """Keep a cookie in place of an earlier one of its name, domain and path, or remove that if it has expired."""
        key = (cookie.name, cookie.domain, cookie.path)
        with self.lock:
            if cookie.expires is not None and cookie.expires <= time():
                self.kept.pop(key, None)
                return
            self.kept[key] = cookie
            if len(self.kept) > MOST:
                del self.kept[next(iter(self.kept))]

    def forget(self) -> None:
        """Forget all of them."""
        with self.lock:
            self.kept.clear()


def parsed(line: str, url: str) -> Cookie | None:
    """Return the cookie of a header Set-Cookie, None for one that is not taken (RFC 6265, 5.2 and 5.3)."""
    pair, *rest = line.split(";")
    name, mark, value = (part.strip(" \t") for part in pair.partition("="))
    if not mark or not name or not (name + value).isascii() or not (name + value).isprintable():
        return None
    attributes = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
    parts = urlsplit(url)
    host = parts.hostname or ""
    domain = attributes.get("domain", "").lower().removeprefix(".")
    if domain and domain != host and ("." not in domain.strip(".") or not domain_matches(host, domain)):
        return None
    path = attributes.get("path", "")
    if not path.startswith("/"):
        path = parts.path.rpartition("/")[0] or "/"
    return Cookie(name, value, domain or host, not domain, path, "secure" in attributes, expiry(attributes))


def expiry(attributes: dict[str, str]) -> float | None:
    """Return when a cookie expires, in seconds since the epoch; None for never."""
    age = attributes.get("max-age", "")
    if age.removeprefix("-").isdecimal() and age.isascii():
        return time() + int(age[:12])
    date = parsedate_tz(attributes.get("expires", ""))
    try:
        return None if date is None else float(mktime_tz(date))
    except (ValueError, OverflowError):
        return None


def domain_matches(host: str, domain: str) -> bool:
    """Return whether a host is a domain or below it (RFC 6265, 5.1.3)."""
    return host == domain or (host.endswith(f".{domain}") and not is_address(host))


def is_address(host: str) -> bool:
    """Return whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def path_matches(path: str, prefix: str) -> bool:
    """Return whether a path is that of a cookie or below it (RFC 6265, 5.1.4)."""
    return path == prefix or (path.startswith(prefix) and (prefix.endswith("/") or path[len(prefix)] == "/"))


def read(cookies: Any) -> dict[str, Any]:
    """Return cookies that are given as a dict, a text or a SimpleCookie by name. Raises TypeError."""
    if cookies is None:
        return {}
    if isinstance(cookies, str):
        pairs = (part.partition("=") for part in cookies.split(";"))
        # A line break stays, so that it is refused (CLIENT-9).
        return {name.strip(" \t"): value.strip(" \t") for name, _, value in pairs if name.strip(" \t")}
    if isinstance(cookies, SimpleCookie):
        return {name: morsel.coded_value for name, morsel in cookies.items()}
    if isinstance(cookies, dict):
        return dict(cookies)
    raise TypeError(f"cookies are a dict, a text or a SimpleCookie, not a {type(cookies).__name__}")
