"""Routing of a Sanic application to the API.

Sanic's router allows no catch-all beside a native one. So the API is a route of its own that the router falls back to
for every path it does not know.
"""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import unquote_to_bytes

import sanic
from sanic.constants import HTTP_METHODS
from sanic.exceptions import MethodNotAllowed, NotFound

from utilmeta.core.server.backends.base import Deployment

# Path at which an API's route is registered; a request for it is answered like one for any other path.
ROUTE = ".utilmeta"

# Slashes at the end of a path that Sanic's router gets, which removes them recursively.
MOST_SLASHES = 32


def add_last(application: sanic.Sanic, handler: Any, deployment: Deployment) -> None:
    """Make the application give ``handler`` the paths that no native route takes, whenever that was added."""
    before = sum(route.path.startswith(ROUTE) for route in application.router.routes)
    application.add_route(handler, f"/{ROUTE}{before}", methods=HTTP_METHODS, name=f"utilmeta{before or ''}")
    fall_back(application, handler, deployment)


def fall_back(application: sanic.Sanic, handler: Any, deployment: Deployment) -> None:
    """Make the router return ``handler`` for paths that it does not know, or knows only by a catch-all."""
    router = application.router
    native, claims, takes = router.get, deployment.claims, deployment.takes

    def claimed(path: str) -> bool:
        return claims(unquote_to_bytes(path))

    def taken(path: str) -> bool:
        return takes(unquote_to_bytes(path))

    @functools.lru_cache(maxsize=1024)
    def get(path: str, method: str, host: str | None) -> Any:
        try:
            found = native(shortened(path), method, host)
            if found[0].handler is handler:
                if not taken(path):
                    raise NotFound(f"Requested URL {path} not found")
            elif not (catches_all(found[0]) and claimed(path)):
                return found
        except NotFound:
            if not taken(path):
                raise
        except MethodNotAllowed:
            if not claimed(path):
                raise
        route = next(route for route in router.routes if route.handler is handler)
        return route, handler, {}

    router.get = get


def shortened(path: str) -> str:
    """Return a path with no more slashes at its end than Sanic's router can handle."""
    bare = path.rstrip("/")
    return path if len(path) - len(bare) <= MOST_SLASHES else bare + "/" * MOST_SLASHES


def catches_all(route: Any) -> bool:
    """Return whether a route takes any path."""
    return len(route.parts) == 1 and [parameter.label for parameter in route.params.values()] == ["path"]
