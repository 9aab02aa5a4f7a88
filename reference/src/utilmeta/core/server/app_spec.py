"""``Serving``: a compiled service, or API class alone, before it is attached to an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from utilmeta.core.concurrency.portal import Portal
from utilmeta.core.errors.framework import learn
from utilmeta.core.pipeline.call import Plan
from utilmeta.core.pipeline.defaults import (
    BODY_TIMEOUT,
    GRACEFUL_TIMEOUT,
    HEADER_TIMEOUT,
    KEEP_ALIVE_TIMEOUT,
    MAX_BODY_SIZE,
    MAX_HEADER_FIELDS,
    MAX_HEADER_SIZE,
)
from utilmeta.core.pipeline.dispatch import Limits, compile_async_handle, compile_handle
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.request import client_address
from utilmeta.core.request.body.json_limits import DEFAULT, JSONLimits
from utilmeta.core.request.client_address import TrustedProxies
from utilmeta.core.routing.path_ownership import Claims, ownership_of
from utilmeta.core.routing.table import RouteTable
from utilmeta.core.server.backends.base import Adapter, Deployment
from utilmeta.core.server.backends.django_responses import exceptions_where_set_up


@dataclass(frozen=True, kw_only=True)
class Serving:
    """The routes of a service, or of an API class alone, with all that a backend needs to serve them.

    The plain values are those of ``Deployment``, which says what each is.
    """

    name: str
    module_name: str
    asynchronous: bool
    production: bool
    table: RouteTable[Plan]
    responder: Responder
    hosts: AllowedHosts = field(default_factory=AllowedHosts)
    max_body_size: int = MAX_BODY_SIZE
    max_header_fields: int = MAX_HEADER_FIELDS
    max_header_size: int = MAX_HEADER_SIZE
    header_timeout: float = HEADER_TIMEOUT
    body_timeout: float = BODY_TIMEOUT
    keep_alive_timeout: float = KEEP_ALIVE_TIMEOUT
    json: JSONLimits = DEFAULT
    proxies: TrustedProxies = client_address.DEFAULT
    graceful_timeout: float = GRACEFUL_TIMEOUT
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    hooks: bool = True
    others: Sequence[str] = ()
    """Routes of applications that are mounted beside the APIs."""

    def adapter(self, kind: type[Adapter], application: Any, *, injected: bool, rest: bool = False) -> Adapter:
        """The adapter of the backend ``kind`` for this service.

        ``injected`` says that the application is the user's; ``application`` is that, or None where there is none yet.
        With ``rest`` the API also answers paths that no native route has.
        """
        claims: Claims = self.table.claims
        takes = claims
        if application is not None:
            claims, takes = ownership_of(application).join(claims, rest=rest)
        elif not injected:
            takes = everything
        if self.others:
            takes = all_but(takes, self.others)
        return kind(
            Deployment(
                name=self.name,
                module_name=self.module_name,
                asynchronous=self.asynchronous,
                production=self.production,
                graceful_timeout=self.graceful_timeout,
                max_body_size=self.max_body_size,
                max_header_fields=self.max_header_fields,
                max_header_size=self.max_header_size,
                header_timeout=self.header_timeout,
                body_timeout=self.body_timeout,
                keep_alive_timeout=self.keep_alive_timeout,
                lifecycle=self.lifecycle,
                injected=injected,
                route="/".join(self.table.root),
                claims=claims,
                takes=takes,
                hosts=self.hosts,
                hooks=self.hooks,
            )
        )

    def handle(self, kind: type[Adapter]) -> Any:
        """Return the function that answers requests on the backend ``kind``: an ``AsyncHandle`` where the backend's
        server calls it on an event loop in this service's mode, else a ``Handle``."""
        learn({**exceptions_where_set_up(), **kind.http_exceptions()}, kind.responses())
        limits = Limits(
            self.max_body_size, self.hosts, self.max_header_fields, self.max_header_size, self.json, self.proxies
        )
        self.lifecycle.patience = self.graceful_timeout
        if kind.on_loop(asynchronous=self.asynchronous):
            in_flight = self.lifecycle.in_flight if kind.gives_up else None
            return compile_async_handle(self.table, self.responder, limits, self.lifecycle, in_flight)
        if self.asynchronous and self.lifecycle.settle is None:
            self.lifecycle.settle = Portal().settle
        return compile_handle(self.table, self.responder, limits, self.lifecycle)


def all_but(takes: Claims, routes: Sequence[str]) -> Claims:
    """What ``takes`` says of a path, unless that is at or below one of these routes."""
    exact = frozenset(route.encode() for route in routes)
    below = tuple(f"{route}/".encode() for route in routes)
    return lambda path: takes(path) and path not in exact and not path.startswith(below)


def everything(path: bytes) -> bool:
    """Whether a path is the API's, in an application of UtilMeta's own: each is."""
    return True
