"""Calls of endpoints: functions of a request and the values of its path that give the endpoint's result.

``direct_call`` is that of an endpoint without hooks; chain_compiler.py compiles the others. The ``with_...`` functions
put one thing around any call, each in two kinds, for calls that give a result and for those that give its coroutine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from utilmeta.core.api.cors import CORS, granting
from utilmeta.core.api.instance import compile_instance, response_around
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.request.parameters.binding import Bind
from utilmeta.core.request.request import Request
from utilmeta.core.response.template import Check, Template, shape

Call = Callable[[Request, Mapping[str, str]], Any]
"""Gives the endpoint's result, or its coroutine where the endpoint or a hook is an ``async def``."""

Recover = Callable[[Request, Mapping[str, str], BaseException], Any]
"""Gives the result of the handler that takes an error, or its coroutine. Raises the error where no handler does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled endpoint, or what answers the paths and methods below a class that no endpoint does.

    label       what errors and the log call it
    call        gives its result, or a coroutine of it if ``coroutine``; where no endpoint answers, of the error too
    body, json  whether the request's body must be loaded before the call, and whether it may be JSON
    trivial     the call is the reference's own and cannot block
    cors        what preflights are answered by, and errors get their headers from
    headers     the headers that are parameters, which preflights grant
    template    what errors are put into
    timeout     the seconds that the endpoint has, None for no limit
    """

    label: str
    call: Callable[..., Any]
    body: bool = False
    json: bool = False
    coroutine: bool = False
    trivial: bool = False
    cors: CORS | None = None
    headers: tuple[str, ...] = ()
    template: Template | None = None
    timeout: float | None = None


class CompiledCall(NamedTuple):
    """The call of an endpoint. ``body`` says that the body must be loaded before, ``json`` that it may be JSON.

    ``headers`` are those that are parameters of the endpoint or of what is around it.
    """

    call: Call
    body: bool
    json: bool
    headers: tuple[str, ...]


def direct_call(endpoint: Endpoint, bind: Bind | None, shared: Sequence[str] = ()) -> Call:
    """The call of an endpoint without hooks; the arguments named in ``shared`` are its instance's (API-4)."""
    function, cls = endpoint.function, endpoint.api
    response = response_around(endpoint.classes)
    if shared or response is not None:
        instance = compile_instance(cls, response)
        arguments = no_arguments if bind is None else bind

        def call_endpoint(request: Request, values: Mapping[str, str]) -> Any:
            named = arguments(request, values)
            return function(instance(request, {name: named.pop(name) for name in shared}), **named)

    elif bind is None:

        def call_endpoint(request: Request, values: Mapping[str, str]) -> Any:
            return function(cls(request))
    else:

        def call_endpoint(request: Request, values: Mapping[str, str]) -> Any:
            return function(cls(request), **bind(request, values))

    return call_endpoint


def no_arguments(request: Request, values: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of an endpoint that takes none."""
    return {}


# --- the result of a direct call; in a chain the middleware has it ---


def with_result_check(call: Call, check: Check) -> Call:
    """Checks the result against what is annotated (PREFERENCE-2, RESPONSE-5b)."""

    def check_result(request: Request, values: Mapping[str, str]) -> Any:
        return check(call(request, values))

    return check_result


def with_async_result_check(call: Call, check: Check) -> Call:
    """As ``with_result_check``, for a call that gives a coroutine."""

    async def check_result(request: Request, values: Mapping[str, str]) -> Any:
        return check(await call(request, values))

    return check_result


def with_template(call: Call, template: Template) -> Call:
    """Puts the result into its template (RESPONSE-3)."""

    def apply_template(request: Request, values: Mapping[str, str]) -> Any:
        return shape(template, call(request, values))

    return apply_template


def with_async_template(call: Call, template: Template) -> Call:
    """As ``with_template``, for a call that gives a coroutine."""

    async def apply_template(request: Request, values: Mapping[str, str]) -> Any:
        return shape(template, await call(request, values))

    return apply_template


# --- CORS, outside of all else: a page of an allowed origin can read any answer (PLUGIN-8). Replies to errors get their
# headers from the responder, as an exception may be raised before the call, or when its result is encoded. ---


def with_cors(call: Call, policy: CORS) -> Call:
    """Refuses origins that are not allowed, and adds the headers for those that are."""

    def apply_cors(request: Request, values: Mapping[str, str]) -> Any:
        granted = policy.grant(request)
        result = call(request, values)
        return granting(shape(None, result), granted) if granted else result

    return apply_cors


def with_async_cors(call: Call, policy: CORS) -> Call:
    """As ``with_cors``, for a call that gives a coroutine."""

    async def apply_cors(request: Request, values: Mapping[str, str]) -> Any:
        granted = policy.grant(request)
        result = await call(request, values)
        return granting(shape(None, result), granted) if granted else result

    return apply_cors
