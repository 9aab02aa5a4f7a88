"""An endpoint, compiled: how a request becomes a call.

Everything that can be decided before the first request is decided here: which parameters are bound, whether there is a
body to read, and whether the call gives a coroutine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from utilmeta.core.api.cors import CORS
from utilmeta.core.api.instance import shared_parameters
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.concurrency.gc_pause import uncollected
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.orm.transactions import Transactions
from utilmeta.core.pipeline.call import Call, Calls
from utilmeta.core.request.body.binding import check_method
from utilmeta.core.request.parameters.binding import compile_binding
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import Template
from utilmeta.core.routing.segment import NAME, Segment, parse_template
from utilmeta.core.routing.table import RouteTable, allowed
from utilmeta.utils.exceptions import DeclarationError


class Plan:
    """``call`` gives the endpoint's result, or its coroutine where ``coroutine``; ``body`` says that it must be loaded
    before, ``json`` that it may be JSON; ``trivial`` that the call is ours and cannot block; ``cors`` is what a
    preflight is answered with, ``template`` what errors are told by, ``timeout`` the seconds that the endpoint has."""

    __slots__ = ("body", "call", "coroutine", "cors", "json", "label", "template", "timeout", "trivial")

    def __init__(
        self,
        label: str,
        call: Call,
        *,
        body: bool = False,
        json: bool = False,
        coroutine: bool = False,
        trivial: bool = False,
        cors: CORS | None = None,
        template: Template | None = None,
        timeout: float | None = None,
    ) -> None:
        self.label = label
        self.call = call
        self.body = body
        self.json = json
        self.coroutine = coroutine
        self.trivial = trivial
        self.cors = cors
        self.template = template
        self.timeout = timeout


@uncollected
def compile_routes(
    endpoints: Iterable[Endpoint],
    root_route: str = "",
    *,
    strict: bool = False,
    asynchronous: bool = True,
    strict_response: bool = False,
    scopes: Sequence[Scope] = (),
    transactions: Transactions | None = None,
) -> RouteTable[Plan]:
    """The route table of a service; every endpoint runs in ``scopes``, and with ``strict_response`` its result is
    checked there (PREFERENCE-2). Where ``transactions`` say so it runs in one (DATABASE-10).

    Raises DeclarationError for two endpoints at one method and path, for an ``async def`` in a service that is not
    asynchronous (ASYNC-3), for a hook around nothing (PLUGIN-7), and for what a template or signature gets wrong; each
    names the endpoint or hook.
    """
    calls = Calls(asynchronous=asynchronous, strict_response=strict_response, scopes=scopes, transactions=transactions)
    table: RouteTable[Plan] = RouteTable(root_route, strict=strict)
    shorter: list[tuple[Sequence[Segment | str], str, Plan]] = []
    for endpoint in endpoints:
        method = endpoint.operation.method
        names = NAME.findall(endpoint.template)
        shared = shared_parameters(endpoint.api, names)
        binding = compile_binding(endpoint.function, endpoint.label, names, shared, endpoint.api)
        check_method(method, binding.parameters, endpoint.label)
        taken = {parameter.name for parameter in binding.parameters}
        for name in NAME.findall(endpoint.own):
            if name not in taken:
                raise DeclarationError(
                    f"{endpoint.label}: its route has {{{name}}}, but it takes no parameter {name!r}"
                )
        segments: Sequence[Segment | str] = parse_template(
            endpoint.template, binding.path_regexes, endpoint.label, binding.path_rests
        )
        made = calls.make(endpoint, binding, shared)
        plan = Plan(
            endpoint.label,
            made.call,
            body=made.body,
            json=made.json,
            coroutine=made.coroutine,
            cors=made.cors,
            template=made.template,
            timeout=endpoint.operation.timeout,
        )
        other = table.add(segments, method, plan)
        if other is not None:
            raise DeclarationError(
                f"{other.label} and {endpoint.label} both answer {method} /{endpoint.template}; give one of them "
                "another route or method"
            )
        while segments and isinstance(segments[-1], Segment) and binding.path_defaults.issuperset(segments[-1].names):
            segments = segments[:-1]
            shorter.append((segments, method, plan))
    calls.check()
    short: dict[tuple[object, ...], Plan] = {}
    for segments, method, plan in shorter:
        # A template whose last parameters have defaults also answers without them, where nothing else does.
        place = (method, *(segment if isinstance(segment, str) else segment.shape for segment in segments))
        if table.add(segments, method, plan) is None:
            short[place] = plan
        elif place in short:
            raise DeclarationError(
                f"{short[place].label} and {plan.label} both answer {method} where the parameters at the end of their "
                "routes are left out; give only one of them a default"
            )
    table.complete(derived)
    return table


def derived(methods: Mapping[str, Plan]) -> dict[str, Plan]:
    """HEAD wherever GET is (ROUTE-2a), and OPTIONS everywhere, with Allow (ROUTE-2b), preflights too (PLUGIN-8a)."""
    more = {"HEAD": methods["GET"]} if "GET" in methods else {}
    allow = ", ".join(allowed({*methods, *more, "OPTIONS"}))

    def options(request: Request, values: Mapping[str, str]) -> Response:
        return Response(status=204, headers={"Allow": allow})

    policies = {method: plan.cors for method, plan in {**methods, **more}.items() if plan.cors is not None}
    call = preflighting(policies, allow, options) if policies else options
    return {**more, "OPTIONS": Plan("OPTIONS", call, trivial=True)}


def preflighting(policies: Mapping[str, CORS], allow: str, otherwise: Call) -> Call:
    """The answer to OPTIONS where methods have CORS: to a preflight that of the method it asks for."""

    def options(request: Request, values: Mapping[str, str]) -> Response:
        policy = policies.get(request.header("access-control-request-method") or "")
        if policy is None or request.header("origin") is None:
            response: Response = otherwise(request, values)
            return response
        return policy.preflight(request, allowed(name for name, other in policies.items() if other is policy), allow)

    return options
