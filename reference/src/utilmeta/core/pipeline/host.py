"""Allowed hosts: refuses requests whose Host is malformed, or none of ``allowed_hosts`` where a service has those.

A Host is matched as a whole before any part of it is used (RFC 9110, 7.2; RFC 3986, 3.2.2):

    host = name or "[" IPv6 address "]", then perhaps ":" and a port of at most 65535
    name = letters, digits, - . _ ~ ! $ & ' ( ) * + ; = and percent-encoded bytes

A comma, which RFC 3986 has in names, is refused: servers join several fields of one name by it, and a request has one
Host. ``allowed_hosts`` are compared as texts, and below one of their domains are labels of letters, digits, - and _
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import IPv6Address

from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import BadRequest

LOCAL = (".localhost", "127.0.0.1", "[::1]")
HOST = re.compile(
    r"((?:[A-Za-z0-9._~!$&'()*+;=-]|%[0-9A-Fa-f]{2})+|\[(?P<address>[0-9A-Fa-f:.]+)\])(?::0*(?P<port>[0-9]{0,5}))?"
)
LABELS = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
LAST_PORT = 65535
REMEMBERED = 16


@dataclass(frozen=True)
class AllowedHosts:
    """The hosts that a service answers for, matched as Django's ALLOWED_HOSTS: without port, ignoring case.

    ``names`` are exact names, None to allow every well-formed Host. ``domains`` are ``.example.com`` and the like, and
    allow all names below. ``headers`` are the headers that may hold the Host: the first that is sent counts, and all
    of them must be well-formed.
    """

    names: frozenset[str] | None = None
    domains: tuple[str, ...] = ()
    headers: tuple[str, ...] = ("host",)

    def check(self, request: Request) -> None:
        """Raise BadRequest unless the request is for an allowed host (SECURITY-8a, SECURITY-8b)."""
        if not self.admits(request.header):
            raise BadRequest("The Host of this request is malformed, or not served here")

    def admits(self, header: Callable[[str], str | None]) -> bool:
        """Whether a request is for an allowed host; ``header`` gives its headers by name."""
        return self.judged(*[header(field) for field in self.headers])

    @cached_property
    def judged(self) -> Callable[..., bool]:
        """``judge`` with a cache of the last few Hosts; clients cannot make it larger."""
        return lru_cache(REMEMBERED)(self.judge)

    def judge(self, *fields: str | None) -> bool:
        """Return whether every non-empty one of these values of ``headers`` is well-formed, and the first non-empty one
        allowed.

        Empty values do not count: servers give them for HTTP/1.0, which needs no Host.
        """
        asked = None
        for field in filter(None, fields):
            name = name_of(field)
            if name is None:
                return False
            asked = asked or name
        return self.names is None or (asked is not None and self.serves(asked.lower().removesuffix(".")))

    def serves(self, name: str) -> bool:
        """Whether a lower-case name without port is allowed."""
        assert self.names is not None
        return name in self.names or (name.endswith(self.domains) and LABELS.fullmatch(name) is not None)


def name_of(host: str) -> str | None:
    """The name or address of a Host, without its port; None where it is malformed."""
    match = HOST.fullmatch(host)
    if match is None:
        return None
    name, address, port = match.groups()
    if port and int(port) > LAST_PORT:
        return None
    if address is not None:
        try:
            IPv6Address(address)
        except ValueError:
            return None
    return name


def allowed_hosts(
    patterns: Sequence[str] | None, *, production: bool, headers: tuple[str, ...] = ("host",)
) -> AllowedHosts:
    """The hosts that ``patterns`` allow; None and ``*`` allow every well-formed Host.

    As in Django, an empty list allows this machine's own names in development and none in production.
    """
    if patterns is None or "*" in patterns:
        return AllowedHosts(headers=headers)
    lower = [pattern.lower() for pattern in (patterns or (() if production else LOCAL))]
    domains = tuple(pattern for pattern in lower if pattern.startswith("."))
    return AllowedHosts(frozenset(lower) - {*domains} | {domain[1:] for domain in domains}, domains, headers)
