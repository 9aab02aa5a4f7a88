"""The way of a request, from the backend and back to it.

A backend hands over a Request and gets a Reply. Two compilers make that function: one for servers that call from a
thread, one for servers with an event loop. Each is a whole path of its own; neither looks anything up that was known
when the service was built.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.api.cors import merged
from utilmeta.core.request.request import Request
from utilmeta.core.response.encoding import Encode
from utilmeta.core.response.lazy import release
from utilmeta.core.response.problem import CONTENT_TYPE, problem, sentence, status_of
from utilmeta.core.response.response import NO_CONTENT, Response, checked_status, headers_of
from utilmeta.core.server.host import AllowedHosts
from utilmeta.core.server.lifecycle import Lifecycle
from utilmeta.core.server.plan import Plan
from utilmeta.core.server.routing import RouteTable, allowed
from utilmeta.core.server.threads import run_in_thread
from utilmeta.utils.exceptions import HTTPError, MethodNotAllowed

Reply = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers as the client gets them, body. Nothing is to be added to it but what the server itself signs with."""

Handle = Callable[[Request], Reply]
AsyncHandle = Callable[[Request], Awaitable[Reply]]
Answer = Callable[[Any, Request], Reply]

TEXT = "text/plain; charset=utf-8"
BINARY = "application/octet-stream"
JSON = "application/json"
NO_VALUES: Mapping[str, str] = {}

log = logging.getLogger("utilmeta")


class Responder:
    """Makes replies: of results, and of exceptions."""

    def __init__(self, encode: Encode, *, production: bool) -> None:
        self.encode = encode
        self.production = production

    def reply(self, result: Any, request: Request, label: str) -> Reply:
        """str is text/plain, bytes is application/octet-stream, a Response is what it says, all else is JSON."""
        kind = type(result)
        if kind is str:
            body = result.encode()
            content_type = TEXT
        elif isinstance(result, Response):
            return self.respond(result, request, label)
        else:
            body, content_type = self.content(result)
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("X-Request-ID", request.id)]
        return 200, headers, b"" if request.method == "HEAD" else body

    def content(self, result: Any) -> tuple[bytes, str]:
        if isinstance(result, str):
            return str.encode(result), TEXT
        if isinstance(result, (bytes, bytearray, memoryview)):
            return bytes(result), BINARY
        return self.encode(result), JSON

    def respond(self, response: Response, request: Request, label: str) -> Reply:
        response.check()
        identity = ("X-Request-ID", request.id)
        if not response.has_content:
            if response.result is not None:
                release(response.result)
            if response.error is not None and not isinstance(response.error, HTTPError):
                self.log(response.error, request, label)
            return response.status, [*lengths(response.status), *response.headers, identity], b""
        if response.error is None:
            body, content_type = self.content(response.content)
        else:
            body, content_type = self.content_of_error(response, response.error, request, label)
        headers = [("Content-Type", response.content_type or content_type), ("Content-Length", str(len(body)))]
        return response.status, [*headers, *response.headers, identity], b"" if request.method == "HEAD" else body

    def content_of_error(self, response: Response, error: Exception, request: Request, label: str) -> tuple[bytes, str]:
        """The template's object where it has a place for the message, else a problem body."""
        if not isinstance(error, HTTPError):
            self.log(error, request, label)
        if response.message_key is None:
            return (
                problem(error, production=self.production, status=response.status, message=response.message),
                CONTENT_TYPE,
            )
        if response.message is None:
            response.message = sentence(error, production=self.production)
        return self.encode(response.content), JSON

    def fail(self, error: Exception, request: Request, plan: Plan | None = None) -> Reply:
        """What an exception is answered with: by the endpoint's template, or a problem body. One that is no HTTP error
        is a 500 or what problem.py says, and the whole of it in the log."""
        label, template = ("", None) if plan is None else (plan.label, plan.template)
        granted = plan.cors.granted(request) if plan is not None and plan.cors is not None else ()
        try:
            own, status = headers_of(error), checked_status(status_of(error))
            if template is not None and template.message_key is not None:
                response = template(error=error)
                response.headers = merged(granted, response.headers)
                return self.respond(response, request, label)
        except Exception as broken:  # noqa: BLE001 - a header or template that cannot be sent is an error too (ERROR-4)
            error, own, status = broken, [], 500
        if not isinstance(error, HTTPError):
            self.log(error, request, label)
        if status in NO_CONTENT:
            return status, [*lengths(status), *merged(granted, own), ("X-Request-ID", request.id)], b""
        body = problem(error, production=self.production, status=status)
        headers = [
            ("Content-Type", CONTENT_TYPE),
            ("Content-Length", str(len(body))),
            *merged(granted, own),
            ("X-Request-ID", request.id),
        ]
        return status, headers, b"" if request.method == "HEAD" else body

    def log(self, error: Exception, request: Request, label: str) -> None:
        log.error("%s %s: %s failed (request %s)", request.method, request.raw_path, label, request.id, exc_info=error)


def lengths(status: int) -> Sequence[tuple[str, str]]:
    """What says that there is no content, where the status alone does not (RFC 9110, 8.6 and 15.3.6)."""
    return (("Content-Length", "0"),) if status == 205 else ()


@dataclass(frozen=True)
class Limits:
    """What is refused before any endpoint: a body of more bytes, a Host that is none of these."""

    body: int
    hosts: AllowedHosts | None


def compile_handle(table: RouteTable[Plan], responder: Responder, limits: Limits, lifecycle: Lifecycle) -> Handle:
    """For a server that calls from a thread. ``lifecycle.settle`` gives a coroutine's result, where there are any."""
    limit, hosts, settle = limits.body, limits.hosts, lifecycle.settle
    fixed, find, reply, fail = table.fixed, table.find, responder.reply, responder.fail

    def handle(request: Request) -> Reply:
        plan = None
        try:
            if not lifecycle.started:
                lifecycle.start()
            if hosts is not None:
                hosts.check(request)
            values = NO_VALUES
            methods = fixed.get(request.raw_path)
            if methods is None:
                plan, values = find(request.path_bytes(), request.method)
                request.path_params = values
            elif request.method in methods:
                plan = methods[request.method]
            else:
                raise MethodNotAllowed(allowed(methods))
            announced = request.check_length(limit)
            if announced or plan.body:
                request.load(limit)
            result = plan.call(request, values)
            if plan.coroutine:
                assert settle is not None
                result = settle(result)
            return reply(result, request, plan.label)
        except Exception as error:  # noqa: BLE001 - every exception is an answer (ERROR-4)
            return fail(error, request, plan)

    return handle


def compile_async_handle(
    table: RouteTable[Plan], responder: Responder, limits: Limits, lifecycle: Lifecycle
) -> AsyncHandle:
    """For a server with an event loop: coroutines are awaited on it, plain functions run in threads."""
    limit, hosts = limits.body, limits.hosts
    fixed, find, reply, fail = table.fixed, table.find, responder.reply, responder.fail

    def finish(plan: Plan, request: Request, values: Mapping[str, str]) -> Reply:
        try:
            return reply(plan.call(request, values), request, plan.label)
        except Exception as error:  # noqa: BLE001 - every exception is an answer (ERROR-4)
            return fail(error, request, plan)

    async def handle(request: Request) -> Reply:
        plan = None
        try:
            if not lifecycle.started:
                await lifecycle.astart()
            if hosts is not None:
                hosts.check(request)
            values = NO_VALUES
            methods = fixed.get(request.raw_path)
            if methods is None:
                plan, values = find(request.path_bytes(), request.method)
                request.path_params = values
            elif request.method in methods:
                plan = methods[request.method]
            else:
                raise MethodNotAllowed(allowed(methods))
            announced = request.check_length(limit)
            if announced or plan.body:
                await request.receive(limit)
            if plan.coroutine:
                return reply(await plan.call(request, values), request, plan.label)
            if plan.trivial:
                return reply(plan.call(request, values), request, plan.label)
            return await run_in_thread(finish, plan, request, values)
        except Exception as error:  # noqa: BLE001 - every exception is an answer (ERROR-4)
            return fail(error, request, plan)

    return handle
