"""A request that came from nowhere, and an API compiled without a framework or a service."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from utilmeta.conf import Time
from utilmeta.core.api import API
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.dispatch import Limits, compile_async_handle, compile_handle
from utilmeta.core.pipeline.host import allowed_hosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.pipeline.responder import Reply, Responder
from utilmeta.core.request import Request
from utilmeta.core.request.body.json_limits import JSONLimits
from utilmeta.core.request.client_address import DEFAULT, TrustedProxies
from utilmeta.core.request.request import too_large
from utilmeta.core.request.servers.connection import Connection
from utilmeta.core.response.encoding import compile_encoder


class FakeRequest(Request):
    """``target`` is a path as sent, with its query."""

    __slots__ = ("content", "fields", "query_string", "reads")

    def __init__(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> None:
        path, _, query = target.partition("?")
        self.arrived = 0.0
        self.method, self.raw_path = method, path
        self.query_string = query
        self.content = body
        self.fields = {name.lower(): value for name, value in (headers or {}).items()}
        if body:
            self.fields.setdefault("content-length", str(len(body)))
        self.reads = 0

    def path_bytes(self) -> bytes:
        return unquote_to_bytes(self.raw_path)

    def query_bytes(self) -> bytes:
        return self.query_string.encode("latin-1")

    def header(self, name: str) -> str | None:
        return self.fields.get(name)

    def header_items(self) -> Iterable[tuple[str, str]]:
        return self.fields.items()

    def connect(self) -> Connection:
        return Connection("http", "localhost:80", "127.0.0.1")

    def read_body(self, limit: int) -> bytes:
        self.reads += 1
        if len(self.content) > limit:
            raise too_large(limit)
        return self.content

    async def receive_body(self, limit: int) -> bytes:
        return self.read_body(limit)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def answer(reply: Reply) -> Answer:
    status, headers, body = reply
    assert len(dict(headers)) == len(headers), "a header is there twice"
    return Answer(status, dict(headers), body)


class Client:
    """Sends requests to an API, compiled for a server of threads and for one with a loop; both must answer the same."""

    def __init__(
        self,
        root: type[API],
        route: str = "/",
        *,
        strict: bool = False,
        production: bool = False,
        limit: int = 1000,
        json_limit: int = 1_000_000,
        hosts: tuple[str, ...] | None = None,
        times: Time | None = None,
        strict_response: bool = False,
        proxies: TrustedProxies = DEFAULT,
    ) -> None:
        options = PlanOptions(strict_response=strict_response)
        table = compile_routes(endpoints(root), route, strict=strict, options=options)
        responder = Responder(compile_encoder(times or Time()), production=production)
        lifecycle = Lifecycle()
        lifecycle.settle = asyncio.run  # type: ignore[assignment]
        allowed = allowed_hosts(hosts, production=production)
        limits = Limits(limit, allowed, json=JSONLimits(json_limit), proxies=proxies)
        self.handle = compile_handle(table, responder, limits, lifecycle)
        self.async_handle = compile_async_handle(table, responder, limits, lifecycle)

    def __call__(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        first = answer(self.handle(FakeRequest(method, target, headers, body)))
        second = answer(asyncio.run(self.awaited(FakeRequest(method, target, headers, body))))
        assert plain(first) == plain(second)
        return first

    async def awaited(self, request: FakeRequest) -> Reply:
        return await self.async_handle(request)

    def get(self, target: str, **headers: str) -> Answer:
        return self("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, target: str, body: bytes, content_type: str = "application/json") -> Answer:
        return self("POST", target, {"content-type": content_type}, body)


def plain(one: Answer) -> tuple[int, dict[str, str], bytes]:
    return one.status, {name: value for name, value in one.headers.items() if name != "X-Request-ID"}, one.body
