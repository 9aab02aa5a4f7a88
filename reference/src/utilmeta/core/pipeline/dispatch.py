"""Dispatches requests: finds the plan of each, runs it, and gives the backend the reply.

``compile_handle`` makes the function that does so for servers that call from a thread, ``compile_async_handle`` for
servers with an event loop. Each is a whole path of its own; neither looks anything up that was known when the service
was built.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass

from utilmeta.core.concurrency.context import in_own_context, inherit
from utilmeta.core.concurrency.in_flight import InFlight
from utilmeta.core.concurrency.threads import run_in_thread
from utilmeta.core.errors.interruption import COUNTS, cancel
from utilmeta.core.pipeline.call import Plan
from utilmeta.core.pipeline.defaults import MAX_HEADER_FIELDS, MAX_HEADER_SIZE
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.responder import Reply, Responder
from utilmeta.core.request import client_address
from utilmeta.core.request.body.json_limits import DEFAULT, JSONLimits, json_limits
from utilmeta.core.request.client_address import TrustedProxies, trusted_proxies
from utilmeta.core.request.request import Request
from utilmeta.core.routing.table import Missed, RouteTable

Handle = Callable[[Request], Reply]
AsyncHandle = Callable[[Request], Awaitable[Reply]]

NO_VALUES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Limits:
    """What a request must keep to before it reaches any endpoint, and whom it is believed.

    body            most bytes of a body
    hosts           allowed hosts; malformed ones are refused too
    header_fields   most header fields
    header_size     most bytes of them
    json            most bytes and values of JSON
    proxies         proxies whose X-Forwarded-For is believed
    """

    body: int
    hosts: AllowedHosts
    header_fields: int = MAX_HEADER_FIELDS
    header_size: int = MAX_HEADER_SIZE
    json: JSONLimits = DEFAULT
    proxies: TrustedProxies = client_address.DEFAULT

    @property
    def usual(self) -> bool:
        """Whether the values that ``enter`` sets are the defaults, which need not be set."""
        return self.json == DEFAULT and self.proxies == client_address.DEFAULT

    def enter(self) -> None:
        """Set the values that are looked up where they are needed, for the current context."""
        json_limits.set(self.json)
        trusted_proxies.set(self.proxies)


def compile_handle(table: RouteTable[Plan], responder: Responder, limits: Limits, lifecycle: Lifecycle) -> Handle:
    """The function that answers requests on a server that calls it from a thread.

    A thread answers many requests, so each runs in a context of its own (ASYNC-8a). ``lifecycle.settle`` gives the
    result of a coroutine; it is None in a synchronous service, which has none.
    """
    limit, json, check_host, settle = limits.body, limits.json, limits.hosts.check, lifecycle.settle
    limited = not limits.usual
    most_fields, most_bytes = limits.header_fields, limits.header_size
    fixed, find = table.fixed, table.find
    reply, reply_to_error = responder.reply, responder.reply_to_error

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
                limits.enter()
            request.check_head(most_fields, most_bytes)
            check_host(request)
            values = NO_VALUES
            methods = fixed.get(request.raw_path)
            if methods is not None and request.method in methods:
                plan = methods[request.method]
            else:
                plan, values = find(request.path_bytes(), request.method)
                request.path_params = values
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
        except Missed as missed:  # its traceback has this frame, so it is not kept
            plan, values, raised = missed.answer, missed.values, missed.error
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return reply_to_error(error, request, plan)
        return answer_missed(plan, request, values, raised)

    def answer_missed(plan: Plan, request: Request, values: Mapping[str, str], raised: BaseException) -> Reply:
        try:
            request.path_params = values
            result = plan.call(request, values, raised)
            if plan.coroutine:
                assert settle is not None
                result = settle(result)
            return reply(result, request, plan.label)
        except BaseException as error:  # noqa: BLE001 - as above
            return reply_to_error(error, request, plan)

    return handle


def compile_async_handle(
    table: RouteTable[Plan],
    responder: Responder,
    limits: Limits,
    lifecycle: Lifecycle,
    in_flight: InFlight | None = None,
) -> AsyncHandle:
    """The function that answers requests on a server with an event loop: plain endpoints run in threads.

    Endpoints run in contexts of their own (ASYNC-8a). ``in_flight`` is given where the server cancels the answering of
    a request as soon as its client leaves: it runs endpoints in tasks of their own (ASYNC-9a).
    """
    limit, json, check_host = limits.body, limits.json, limits.hosts.check
    limited = not limits.usual
    most_fields, most_bytes = limits.header_fields, limits.header_size
    apart = in_own_context if in_flight is None else in_flight.run
    fixed, find = table.fixed, table.find
    reply, reply_to_error = responder.reply, responder.reply_to_error

    def enter() -> None:
        if lifecycle.variables:
            inherit(lifecycle.variables)
        if limited:
            limits.enter()

    def answer_in_thread(plan: Plan, request: Request, values: Mapping[str, str], *missed: BaseException) -> Reply:
        try:
            enter()
            return reply(plan.call(request, values, *missed), request, plan.label)
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return reply_to_error(error, request, plan)

    async def answer_on_loop(plan: Plan, request: Request, values: Mapping[str, str], *missed: BaseException) -> Reply:
        try:
            enter()
            return reply(await plan.call(request, values, *missed), request, plan.label)
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return reply_to_error(error, request, plan)

    def answer_error(error: BaseException, request: Request, plan: Plan | None) -> Reply:
        enter()
        return reply_to_error(error, request, plan)

    async def handle(request: Request) -> Reply:
        plan = None
        try:
            if not lifecycle.started:
                await lifecycle.astart()
            request.check_head(most_fields, most_bytes)
            check_host(request)
            values = NO_VALUES
            methods = fixed.get(request.raw_path)
            if methods is not None and request.method in methods:
                plan = methods[request.method]
            else:
                plan, values = find(request.path_bytes(), request.method)
                request.path_params = values
            announced = request.check_length(limit)
            if announced > json.size and plan.json and request.has_json:
                await request.receive_json(json.size)
            elif announced or plan.body:
                await request.receive(limit)
            if plan.coroutine:
                return await apart(answer_on_loop(plan, request, values))
            if plan.trivial:
                return reply(plan.call(request, values), request, plan.label)
            if plan.timeout is not None:
                request.deadline = time.monotonic() + plan.timeout
            answering = run_in_thread(answer_in_thread, plan, request, values, seconds=plan.timeout)
            return await (answering if in_flight is None else in_flight.keep(answering))
        except Missed as missed:  # its traceback has this frame, so it is not kept
            plan, values, raised = missed.answer, missed.values, missed.error
        except BaseException as error:  # noqa: BLE001 - whatever is raised is an answer (ERROR-4, ERROR-5a)
            return copy_context().run(answer_error, error, request, plan)
        return await answer_missed(plan, request, values, raised)

    async def answer_missed(plan: Plan, request: Request, values: Mapping[str, str], raised: BaseException) -> Reply:
        try:
            request.path_params = values
            if plan.trivial:
                return copy_context().run(answer_in_thread, plan, request, values, raised)
            if plan.coroutine:
                return await apart(answer_on_loop(plan, request, values, raised))
            running = run_in_thread(answer_in_thread, plan, request, values, raised)
            return await (running if in_flight is None else in_flight.keep(running))
        except BaseException as error:  # noqa: BLE001 - as above
            return copy_context().run(answer_error, error, request, plan)

    return handle if COUNTS else cancelled_apart(handle)


def cancelled_apart(handle: AsyncHandle) -> AsyncHandle:
    """Runs ``handle`` in a task of its own, which is marked when it is cancelled.

    Until Python 3.11 a task does not know that itself.
    """

    async def handle_in_task(request: Request) -> Reply:
        task = asyncio.ensure_future(handle(request))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            cancel(task)
            return await task

    return handle_in_task
