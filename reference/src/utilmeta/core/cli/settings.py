"""What a client is made with, shared by the clients that it mounts, and the preferences that hold for it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from utilmeta.conf import current
from utilmeta.conf.preference import Preference
from utilmeta.core.cli.request import ClientRequest, fields_of
from utilmeta.core.cli.transport import cookies as cookie_forms
from utilmeta.core.cli.transport.deadline import seconds_of
from utilmeta.core.cli.transport.limits import CONNECT, READ, Limits, checked_size
from utilmeta.core.cli.transport.message import Library
from utilmeta.core.cli.transport.url import place_of
from utilmeta.core.response.headers import Fields


@dataclass(frozen=True, repr=False)
class Settings:
    """The settings of a client; ``base_url`` has neither a query nor what stands before its host."""

    library: Library
    base_url: str | None
    append_slash: bool
    default_timeout: float | None
    headers: Fields
    query: Mapping[str, Any]
    cookies: Mapping[str, Any]
    proxies: Mapping[str, str]
    follows: bool
    fail_silently: bool
    limits: Limits
    max_event_size: int
    reconnects: int
    max_connections: int | None

    def without(self, request: ClientRequest) -> ClientRequest:
        """Return a copy of a request without what the client added to it (CLIENT-6a)."""
        own = {(name.lower(), value) for name, value in self.headers}
        return ClientRequest(
            request.method,
            request.url,
            query={name: value for name, value in request.query.items() if (name, value) not in self.query.items()},
            headers=[(name, value) for name, value in fields_of(request.headers) if (name.lower(), value) not in own],
            cookies={name: text for name, text in request.cookies.items() if (name, text) not in self.cookies.items()},
            data=request.data,
            timeout=request.timeout,
        )

    def is_own(self, url: str) -> bool:
        """Return whether a URL is of the client's own origin, so that it may be told the client's secrets."""
        try:
            return self.base_url is None or place_of(url).origin == place_of(self.base_url).origin
        except ValueError:
            return False  # it is no URL, and never sent


def settings(
    library: Library,
    base_url: Any,
    *,
    append_slash: Any,
    default_timeout: Any,
    base_headers: Any,
    base_query: Any,
    base_cookies: Any,
    proxies: Any,
    allow_redirects: Any,
    fail_silently: Any,
    connect_timeout: Any,
    read_timeout: Any,
    max_response_size: Any,
    max_event_size: Any,
    reconnects: Any,
    max_connections: Any,
) -> Settings:
    """Return checked settings. Raises TypeError and ValueError, naming the argument."""
    for name, value in {"append_slash": append_slash, "fail_silently": fail_silently}.items():
        if not isinstance(value, bool):
            raise TypeError(f"{name} is True or False, not {value!r}")
    if max_connections is not None and (isinstance(max_connections, bool) or not isinstance(max_connections, int)):
        raise TypeError(f"max_connections is a whole number or None, not {max_connections!r}")
    if max_connections is not None and max_connections < 1:
        raise ValueError(f"max_connections is at least 1, not {max_connections}")
    if allow_redirects not in (None, True, False):
        raise TypeError(f"allow_redirects is True, False or None, not {allow_redirects!r}")
    for name, value, least in (("max_event_size", max_event_size, 1), ("reconnects", reconnects, 0)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is a number, not {value!r}")
        if value < least:
            raise ValueError(f"{name} is {least} or more, not {value}")
    for name, value in {"base_query": base_query, "proxies": proxies}.items():
        if value is not None and not isinstance(value, Mapping):
            raise TypeError(f"{name} is a dict, not a {type(value).__name__}")
    headers = fields_of(base_headers)
    query = dict(base_query or {})
    url = None
    if base_url is not None:
        if not isinstance(base_url, str):
            raise TypeError(f"base_url is a text, not a {type(base_url).__name__}")
        try:
            place, parts = place_of(base_url), urlsplit(base_url)
        except ValueError:  # whose text may show a password
            raise ValueError("base_url is an absolute URL of http or https; it is not") from None
        if parts.username is not None and "authorization" not in {name.lower() for name, _ in headers}:
            said = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            headers.append(("Authorization", f"Basic {b64encode(said).decode()}"))
        query = {**parse_qs(parts.query, keep_blank_values=True, errors="surrogateescape"), **query}
        url = place._replace(path=place.path.rstrip("/"), query="").url
    for scheme, proxy in (proxies or {}).items():
        if scheme not in ("http", "https") or not isinstance(proxy, str) or not proxy.lower().startswith("http://"):
            raise ValueError(
                f"proxies has the URL of a proxy by http and https; that of {scheme!r} begins with http://"
            )
    return Settings(
        library,
        url,
        append_slash,
        seconds_of(default_timeout, "default_timeout"),
        headers,
        query,
        cookie_forms.read(base_cookies),
        dict(proxies or {}),
        library.follows_redirects if allow_redirects is None else allow_redirects,
        fail_silently,
        Limits(seconds_of(connect_timeout, CONNECT), seconds_of(read_timeout, READ), checked_size(max_response_size)),
        max_event_size,
        reconnects,
        max_connections,
    )


def preference() -> Preference:
    """Return the preferences of the service of this process, the defaults where there is none."""
    service = current.found()
    return (service.get_config(Preference) if service is not None else None) or Preference()
