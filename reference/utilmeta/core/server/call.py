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

Call = Callable[[Request, Mapping[str, str]], Any]
"""Gives the result, or its coroutine where the endpoint is ``async def``."""


def compile_call(endpoint: Endpoint, bind: Bind | None, *, strict_response: bool = False) -> Call:
    """The call of ``endpoint``, whose signature is bound by ``bind``; None where it takes nothing."""
    call = direct(endpoint, bind)
    return checked(endpoint, call) if strict_response else call


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


def checked(endpoint: Endpoint, call: Call) -> Call:
    """``call`` and then a look at its result, where the endpoint has an annotation for it (PREFERENCE-2)."""
    from utilmeta.core.response.validation import compile_check

    check = compile_check(endpoint.function, endpoint.label)
    if check is None:
        return call
    if endpoint.asynchronous:

        async def checked_later(request: Request, values: Mapping[str, str]) -> Any:
            return check(await call(request, values))

        return checked_later
    return lambda request, values: check(call(request, values))
