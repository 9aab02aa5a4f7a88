"""Which Host a request may be for, where the service says (``allowed_hosts``, DJANGO-7a)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import BadRequest

LOCAL = (".localhost", "127.0.0.1", "[::1]")
HOST = re.compile(r"(?P<name>[^\s:/?#@\[\]]+|\[[0-9a-f:.]+\])(?::[0-9]*)?")


@dataclass(frozen=True)
class AllowedHosts:
    """As Django's ALLOWED_HOSTS: a name, or ``.example.com`` for it and all below; without port, case ignored.

    ``headers`` are asked in this order, and the first that there is says what the request is for.
    """

    names: frozenset[str]
    domains: tuple[str, ...]
    headers: tuple[str, ...] = ("host",)

    def check(self, request: Request) -> None:
        """Raise BadRequest unless the request is for an allowed host."""
        if not self.admits(request.header):
            raise BadRequest("The Host of this request is not served here")

    def admits(self, header: Callable[[str], str | None]) -> bool:
        """Whether the request of which ``header`` gives the headers is for an allowed host."""
        host = next(filter(None, map(header, self.headers)), "")
        match = HOST.fullmatch(host.lower())
        if match is None:
            return False
        name = match["name"].removesuffix(".")
        return name in self.names or name.endswith(self.domains)


def allowed_hosts(
    patterns: Sequence[str] | None, *, production: bool, headers: tuple[str, ...] = ("host",)
) -> AllowedHosts | None:
    """None where every host is allowed. An empty list allows this machine's own names in development, none in
    production, as Django does."""
    if patterns is None or "*" in patterns:
        return None
    lower = [pattern.lower() for pattern in (patterns or (() if production else LOCAL))]
    domains = tuple(pattern for pattern in lower if pattern.startswith("."))
    return AllowedHosts(frozenset(lower) | {domain[1:] for domain in domains}, domains, headers)
