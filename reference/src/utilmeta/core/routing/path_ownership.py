"""Ownership of paths among several APIs in one application: the API that was added first owns a path (API-8f)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Claims = Callable[[bytes], bool]
"""Returns whether a decoded path belongs to an API."""


class PathOwnership:
    """The APIs of one application in the order in which they were added, each by the paths that it claims."""

    def __init__(self) -> None:
        self.apis: list[Claims] = []

    def join(self, claims: Claims, *, rest: bool) -> tuple[Claims, Claims]:
        """Add an API, and return two predicates on decoded paths: what it claims, and what it takes as a fallback.

        The first excludes paths of APIs that were added earlier. The second is for paths without a native route; with
        ``rest`` it includes paths that no API claims. See ``Deployment``.
        """
        earlier = tuple(self.apis)
        self.apis.append(claims)

        def left(path: bytes) -> bool:
            return claims(path) and not any(others(path) for others in earlier)

        def rest_left(path: bytes) -> bool:
            return left(path) or not any(others(path) for others in self.apis)

        own = left if earlier else claims
        return own, rest_left if rest else own


_ownerships: list[tuple[Any, PathOwnership]] = []


def ownership_of(application: Any) -> PathOwnership:
    """Return the path ownership of this application, which lasts to the end of the process.

    Applications are compared by identity: those of some frameworks cannot be keys of a mapping.
    """
    for known, found in _ownerships:
        if known is application:
            return found
    _ownerships.append((application, PathOwnership()))
    return _ownerships[-1][1]
