"""The way of a request, from the backend and back to it.

A backend hands over a Request and gets a Reply. Two compilers make that function: one for servers that call from a
thread, one for servers with an event loop. Each is a whole path of its own; neither looks anything up that was known
when the service was built.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from utilmeta.core.api.cors import granting, merged
from utilmeta.core.concurrency.context import in_own_context, inherit
from utilmeta.core.concurrency.in_flight import InFlight
from utilmeta.core.concurrency.threads import run_in_thread
from utilmeta.core.errors.exception_group import http_error
from utilmeta.core.errors.exception_log import forget, log_raised
from utilmeta.core.errors.framework import converted
from utilmeta.core.errors.interruption import COUNTS, cancel, raise_interruption
from utilmeta.core.pipeline.defaults import MAX_HEADER_FIELDS, MAX_HEADER_SIZE
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.plan import Plan
from utilmeta.core.request.body.json_limits import DEFAULT, JSONLimits, json_limits
from utilmeta.core.request.request import Request
from utilmeta.core.response.encoding import Encode, Encoded
from utilmeta.core.response.lazy import release
from utilmeta.core.response.problem import CONTENT_TYPE, encode, is_public, members, problem, sentence, status_of
from utilmeta.core.response.response import NO_CONTENT, Response, checked_status, headers_of
from utilmeta.core.response.template import response_to
from utilmeta.core.routing.table import RouteTable, allowed
from utilmeta.utils.exceptions import MethodNotAllowed

Reply = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers as the client gets them, body. Nothing is to be added to it but what the server itself signs with."""

Handle = Callable[[Request], Reply]
AsyncHandle = Callable[[Request], Awaitable[Reply]]
Answer = Callable[[Any, Request], Reply]

TEXT = "text/plain; charset=utf-8"
BINARY = "application/octet-stream"
JSON = "application/json"
NO_VALUES: Mapping[str, str] = {}
NO_HEADERS: Sequence[tuple[str, str]] = ()

# What is sent where nothing else can be.
LAST_RESORT = encode(members(500, ""))

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
        elif kind is dict or kind is list:
            body, content_type = self.encode(result), JSON
        elif isinstance(result := converted(result), Response):
            return self.respond(result, request, label)
        else:
            body, content_type = self.content(result)
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("X-Request-ID", request.id)]
        return 200, headers, b"" if request.method == "HEAD" else body

    def content(self, result: Any) -> tuple[bytes, str]:
        if isinstance(result, str):
            return str.encode(result), TEXT
        if isinstance(result, (bytes, bytearray, memoryview)):
            return bytes(result), JSON if isinstance(result, Encoded) else BINARY
        return self.encode(result), JSON

    def encoded(self, result: Any) -> Any:
        """The result as ``reply`` takes it, its JSON made and its status and headers checked: for who has to know in
        time whether it can be sent. Raises what either raises."""
        result = converted(result)
        if not isinstance(result, Response):
            body, content_type = self.content(result)
            return Encoded(body) if content_type is JSON else result
        result.check()
        if result.error is not None or not result.has_content:
            return result
        body, content_type = self.content(result.content)
        if content_type is not JSON:
            return result
        copy = Response(Encoded(body), result.status, content_type=result.content_type)
        copy.headers = result.headers
        return copy

    def respond(self, response: Response, request: Request, label: str) -> Reply:
        status, said, own = response.check()
        identity = ("X-Request-ID", request.id)
        if response.background is not None:
            request.background = response.background
        if status in NO_CONTENT:
            if response.result is not None:
                release(response.result)
            if response.error is not None and not is_public(response.error):
                self.log(response.error, request, label)
            return status, [*lengths(status), *own, identity], b""
        if response.error is None:
            body, content_type = self.content(response.content)
        else:
            body, content_type = self.content_of_error(response, response.error, status, request, label)
            forget(response.error)
        headers = [("Content-Type", said or content_type), ("Content-Length", str(len(body)))]
        return status, [*headers, *own, identity], b"" if request.method == "HEAD" else body

    def content_of_error(
        self, response: Response, error: BaseException, status: int, request: Request, label: str
    ) -> tuple[bytes, str]:
        """The template's object where it has a place for the message, else a problem body."""
        if not is_public(error):
            self.log(error, request, label)
        if response.message_key is None:
            return (
                problem(error, production=self.production, status=status, message=response.message),
                CONTENT_TYPE,
            )
        if response.message is None:
            response.message = sentence(error, production=self.production)
        return self.encode(response.content), JSON

    def failure(self, raised: BaseException, request: Request, plan: Plan | None = None) -> Reply:
        """The reply to whatever was raised. That it cannot be told is an error too, which is told in its place.

        Raises nothing (ERROR-6) but what the server itself has sent (ERROR-5a)."""
        raise_interruption(raised)
        granted = NO_HEADERS
        try:
            if plan is not None and plan.cors is not None:
                granted = plan.cors.granted(request)
            return self.fail(http_error(raised), request, plan, granted)
        except BaseException as broken:  # noqa: BLE001 - its class may be the user's, a header none
            raise_interruption(broken)
            try:
                return self.fail(broken, request, plan, granted)
            except BaseException as again:  # noqa: BLE001 - the template's class may be the user's too
                raise_interruption(again)
                self.log(again, request, "" if plan is None else plan.label)
                length = str(len(LAST_RESORT))
                headers = [("Content-Type", CONTENT_TYPE), ("Content-Length", length), ("X-Request-ID", request.id)]
                return 500, [*headers, *granted], b"" if request.method == "HEAD" else LAST_RESORT
        finally:
            forget(raised)

    def fail(
        self,
        error: BaseException,
        request: Request,
        plan: Plan | None = None,
        granted: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        """What an exception is answered with: by the endpoint's template, or a problem body. One that is no HTTP error
        is a 500 or what problem.py says, and the whole of it in the log."""
        label, template = ("", None) if plan is None else (plan.label, plan.template)
        own, status = headers_of(error), checked_status(status_of(error))
        sent = response_to(error)
        if sent is not None:
            return self.respond(granting(sent, granted), request, label)
        if template is not None and template.message_key is not None:
            return self.respond(granting(template(error=error), granted), request, label)
        if not is_public(error):
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

    def log(self, error: BaseException, request: Request, label: str) -> None:
        message = "%s %s: %s failed (request %s)"
        log_raised(log, message, request.method, request.raw_path, label, request.id, error=error)


def lengths(status: int) -> Sequence[tuple[str, str]]:
    """What says that there is no content, where the status alone does not (RFC 9110, 8.6 and 15.3.6)."""
    return (("Content-Length", "0"),) if status == 205 else ()


@dataclass(frozen=True)
class Limits:
    """What is refused before any endpoint: a body of more bytes, a Host that is malformed or none of these, more header
    fields or more bytes of them, JSON of more bytes."""

    body: int
    hosts: AllowedHosts
    header_fields: int = MAX_HEADER_FIELDS
    header_size: int = MAX_HEADER_SIZE
    json: JSONLimits = DEFAULT


def compile_handle(table: RouteTable[Plan], responder: Responder, limits: Limits, lifecycle: Lifecycle) -> Handle:
    """For a server that calls from a thread, the same one for many requests: each has a context of its own (ASYNC-8a).
    ``lifecycle.settle`` gives a coroutine's result, where there are any."""
    limit, json, check_host, settle = limits.body, limits.json, limits.hosts.check, lifecycle.settle
    limited = json != DEFAULT
    most_fields, most_bytes = limits.header_fields, limits.header_size
    fixed, find, reply, fail = table.fixed, table.find, responder.reply, responder.failure

    def handle(request: Request) -> Reply:
        return copy_context().run(answer, request)

    def answer(request: Request) -> Reply:
        plan = None
        try:
            if not lifecycle.started:
                lifecycle.start()
            if lifecycle.variables:
                inherit(lifecycle.variables)
            if limited:
                json_limits.set(json)
            request.check_head(most_fields, most_bytes)
            check_host(request)
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
            if announced > json.size and plan.json and request.has_json:
                request.load_json(json.size)
            elif announced or plan.body:
                request.load(limit)
            result = plan.call(request, values)
            if plan.coroutine:
                assert settle is not None
                result = settle(result)
            return reply(result, request, plan.label)
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return fail(error, request, plan)

    return handle


def compile_async_handle(
    table: RouteTable[Plan],
    responder: Responder,
    limits: Limits,
    lifecycle: Lifecycle,
    in_flight: InFlight | None = None,
) -> AsyncHandle:
    """For a server with an event loop: coroutines are awaited on it, plain functions run in threads.

    Endpoints run in contexts of their own (ASYNC-8a); where the server cancels what answers a request as soon as its
    client leaves, they are ``in_flight``, in tasks of their own (ASYNC-9a).
    """
    limit, json, check_host = limits.body, limits.json, limits.hosts.check
    limited = json != DEFAULT
    most_fields, most_bytes = limits.header_fields, limits.header_size
    apart = in_own_context if in_flight is None else in_flight.run
    fixed, find, reply, fail = table.fixed, table.find, responder.reply, responder.failure

    def finish(plan: Plan, request: Request, values: Mapping[str, str]) -> Reply:
        try:
            if lifecycle.variables:
                inherit(lifecycle.variables)
            if limited:
                json_limits.set(json)
            return reply(plan.call(request, values), request, plan.label)
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return fail(error, request, plan)

    async def finish_later(plan: Plan, request: Request, values: Mapping[str, str]) -> Reply:
        try:
            if lifecycle.variables:
                inherit(lifecycle.variables)
            if limited:
                json_limits.set(json)
            return reply(await plan.call(request, values), request, plan.label)
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return fail(error, request, plan)

    async def handle(request: Request) -> Reply:
        plan = None
        try:
            if not lifecycle.started:
                await lifecycle.astart()
            request.check_head(most_fields, most_bytes)
            check_host(request)
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
            if announced > json.size and plan.json and request.has_json:
                await request.receive_json(json.size)
            elif announced or plan.body:
                await request.receive(limit)
            if plan.coroutine:
                return await apart(finish_later(plan, request, values))
            if plan.trivial:
                return reply(plan.call(request, values), request, plan.label)
            if plan.timeout is not None:
                request.deadline = time.monotonic() + plan.timeout
            finishing = run_in_thread(finish, plan, request, values, seconds=plan.timeout)
            return await (finishing if in_flight is None else in_flight.keep(finishing))
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return fail(error, request, plan)

    return handle if COUNTS else cancelled_apart(handle)


def cancelled_apart(handle: AsyncHandle) -> AsyncHandle:
    """Until Python 3.11 a task does not know whether it is being cancelled: it is told by one around it."""

    async def handle_in_task(request: Request) -> Reply:
        task = asyncio.ensure_future(handle(request))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            cancel(task)
            return await task

    return handle_in_task
