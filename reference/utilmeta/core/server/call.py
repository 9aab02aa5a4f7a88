"""The call of an endpoint, put together once: from a request and the values of its path to the result.

instance    one of the endpoint's class, made for this request (core/api/instance.py)
arguments   bound from the request, as the signature says (core/request/binding.py)
result      checked against the annotation where that is asked for (core/response/validation.py)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from utilmeta.core.api.instance import compile_instance
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.request.binding import Bind
from utilmeta.core.request.request import Request
from utilmeta.core.response.template import Template, compile_result_check, shaper

Call = Callable[[Request, Mapping[str, str]], Any]
"""Gives the result, or its coroutine where the endpoint is ``async def``."""


def compile_call(
    endpoint: Endpoint, bind: Bind | None, template: Template | None = None, *, strict_response: bool = False
) -> Call:
    """The call of ``endpoint``, whose signature is bound by ``bind``; None where it takes nothing."""
    call = direct(endpoint, bind)
    check = compile_result_check(endpoint, template, strict=strict_response)
    if check is not None:
        call = finished(endpoint, call, check)
    return call if template is None else finished(endpoint, call, shaper(template))


def direct(endpoint: Endpoint, bind: Bind | None) -> Call:
    function, instance = endpoint.function, compile_instance(endpoint.api)
    if bind is None:

        def call(request: Request, values: Mapping[str, str]) -> Any:
            return function(instance(request))
    else:
        arguments = bind

        def call(request: Request, values: Mapping[str, str]) -> Any:
            return function(instance(request), **arguments(request, values))

    return call


def finished(endpoint: Endpoint, call: Call, finish: Callable[[Any], Any]) -> Call:
    """``call`` and then something done with its result."""
    if endpoint.asynchronous:

        async def finished_later(request: Request, values: Mapping[str, str]) -> Any:
            return finish(await call(request, values))

        return finished_later
    return lambda request, values: finish(call(request, values))
