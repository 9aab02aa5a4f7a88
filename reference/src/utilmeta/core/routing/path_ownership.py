"""Which of several APIs in one application a path is for: of those that claim it, the one that came first (API-8b)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Claims = Callable[[bytes], bool]
"""Whether a decoded path is an API's."""


class Tenancy:
    """The APIs of one application, each by what it claims, in the order in which they came."""

    def __init__(self) -> None:
        self.tenants: list[Claims] = []

    def join(self, claims: Claims, *, rest: bool) -> tuple[Claims, Claims]:
        """Add an API; with ``rest`` it also answers what nobody knows.

        Gives what it claims from now on, and what it takes where no native route is: see ``Deployment``.
        """
        earlier = tuple(self.tenants)
        self.tenants.append(claims)

        def left(path: bytes) -> bool:
            return claims(path) and not any(others(path) for others in earlier)

        def rest_left(path: bytes) -> bool:
            return left(path) or not any(others(path) for others in self.tenants)

        own = left if earlier else claims
        return own, rest_left if rest else own


_tenancies: list[tuple[Any, Tenancy]] = []


def tenancy(application: Any) -> Tenancy:
    """That of this application, from its first API to the end of the process; not every framework's can be a key."""
    for known, found in _tenancies:
        if known is application:
            return found
    _tenancies.append((application, Tenancy()))
    return _tenancies[-1][1]
