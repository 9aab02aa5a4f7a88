"""The calls of endpoints, put together once: from a request and the values of its path to the result.

instance    one of the endpoint's class, made for this request (core/api/instance.py)
arguments   bound from the request, as the signature says (core/request/parameters/binding.py)
result      checked against the annotation where that is asked for (core/response/validation.py), and put into the
            nearest template (core/response/template.py)

Around it, where there are any: hooks and plugins (composition.py), the scopes of configurations, CORS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from utilmeta.core.api.cors import CORS, cors, granting
from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook_resolution import Reader, Surroundings
from utilmeta.core.api.instance import compile_instance
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.orm.transactions import Transactions
from utilmeta.core.pipeline.middleware import Composition
from utilmeta.core.pipeline.timeout import within, within_later
from utilmeta.core.request.parameters.binding import Bind, Binding
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.response.lazy import check_result
from utilmeta.core.response.template import Template, compile_result_check, compile_template, shape
from utilmeta.utils.exceptions import DeclarationError

Call = Callable[[Request, Mapping[str, str]], Any]
"""Gives the result, or its coroutine where any part of it is ``async def``."""


@dataclass(frozen=True)
class EndpointCall:
    """``coroutine`` says that ``call`` gives one, ``body`` that the request's must be loaded before, ``json`` that this
    may be JSON."""

    call: Call
    coroutine: bool
    body: bool
    json: bool
    cors: CORS | None
    template: Template | None


class Calls:
    """Makes the calls of one application's endpoints; all run in ``scopes``, and with ``strict_response`` each result
    is checked (PREFERENCE-2)."""

    def __init__(
        self,
        *,
        asynchronous: bool = True,
        strict_response: bool = False,
        scopes: Sequence[Scope] = (),
        transactions: Transactions | None = None,
    ) -> None:
        self.asynchronous = asynchronous
        self.strict_response = strict_response
        self.scopes = scopes
        self.transactions = transactions
        self.reader = Reader()
        self.composition = Composition(scopes)

    def make(self, endpoint: Endpoint, binding: Binding, shared: Sequence[Parameter] = ()) -> EndpointCall:
        """The call of ``endpoint``, whose signature ``binding`` binds with what its class has ``shared``.

        Raises DeclarationError for an ``async def`` in a service that is not asynchronous (ASYNC-3, PLUGIN-6b) and in
        a transaction (DATABASE-10b), and for a hook that is declared wrong, naming it.
        """
        around = self.reader.around(endpoint)
        parts = self.waiting(endpoint, around)
        coroutine = bool(parts)
        begin = None
        if self.transactions is not None:
            begin = self.transactions.of(endpoint.label, (endpoint.function, *endpoint.classes), parts)
        body, json = binding.body, binding.json
        check_result(endpoint.function, endpoint.label, endpoint.api)
        for hook in around.hooks:
            check_result(hook.function, hook.label, hook.api)
        template = compile_template(endpoint.function, endpoint.classes)
        check = compile_result_check(
            endpoint.function, endpoint.label, endpoint.api, template, strict=self.strict_response
        )
        if around or begin is not None or (coroutine and endpoint.api.__init__ is not API.__init__):
            call, body, json = self.composition.make(
                endpoint, around, binding, shared, check, template, coroutine=coroutine, begin=begin
            )
        else:
            call = direct(endpoint, binding.bind, [parameter.name for parameter in shared])
            for finish in (check, None if template is None else partial(shape, template)):
                if finish is not None:
                    call = finished_later(call, finish) if coroutine else finished(call, finish)
        for scope in self.scopes:
            call = scope.async_endpoint(call) if coroutine else scope.endpoint(call)
        seconds = endpoint.operation.timeout
        if seconds is not None:
            call = within_later(call, seconds, endpoint.label) if coroutine else within(call, seconds, endpoint.label)
        policy = cors(endpoint)
        if policy is not None:
            call = permitted_later(call, policy) if coroutine else permitted(call, policy)
        return EndpointCall(call, coroutine, body, json, policy, template)

    def waiting(self, endpoint: Endpoint, around: Surroundings) -> Sequence[str]:
        """The parts that are an ``async def``, by name."""
        parts = [endpoint.label] if endpoint.asynchronous else []
        parts += around.asynchronous
        if parts and not self.asynchronous:
            raise DeclarationError(
                f"{parts[0]} is an async def in a synchronous service; make it a plain def, or set "
                "asynchronous=True in UtilMeta(...) or API.__as__(...)"
            )
        return parts

    def check(self) -> None:
        """Raise DeclarationError for a hook that is around none of the endpoints made (PLUGIN-7)."""
        self.reader.check()


def direct(endpoint: Endpoint, bind: Bind | None, shared: Sequence[str] = ()) -> Call:
    """The call of an endpoint with nothing around it; ``shared`` are the arguments that are its instance's."""
    function, cls = endpoint.function, endpoint.api
    if bind is None:

        def call(request: Request, values: Mapping[str, str]) -> Any:
            return function(cls(request))

        return call
    arguments = bind
    if shared:
        instance = compile_instance(cls)

        def call(request: Request, values: Mapping[str, str]) -> Any:
            named = arguments(request, values)
            return function(instance(request, {name: named.pop(name) for name in shared}), **named)
    else:

        def call(request: Request, values: Mapping[str, str]) -> Any:
            return function(cls(request), **arguments(request, values))

    return call


def finished(call: Call, finish: Callable[[Any], Any]) -> Call:
    """``call`` and then something done with its result."""
    return lambda request, values: finish(call(request, values))


def finished_later(call: Call, finish: Callable[[Any], Any]) -> Call:
    async def finishing(request: Request, values: Mapping[str, str]) -> Any:
        return finish(await call(request, values))

    return finishing


# --- CORS, outside of all else: whatever is answered, a page of an allowed origin can read it (PLUGIN-8). Of an error
# that is `fail`'s part, which sees those too that are made before the call, or of its result (dispatch.py). ---


def permitted(call: Call, policy: CORS) -> Call:
    def permitting(request: Request, values: Mapping[str, str]) -> Any:
        granted = policy.grant(request)
        result = call(request, values)
        return granting(shape(None, result), granted) if granted else result

    return permitting


def permitted_later(call: Call, policy: CORS) -> Call:
    async def permitting(request: Request, values: Mapping[str, str]) -> Any:
        granted = policy.grant(request)
        result = await call(request, values)
        return granting(shape(None, result), granted) if granted else result

    return permitting
