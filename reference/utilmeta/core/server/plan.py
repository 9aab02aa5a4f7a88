"""An endpoint, compiled: how a request becomes a call.

Everything that can be decided before the first request is decided here: which parameters are bound, whether there is a
body to read, and whether the call gives a coroutine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from utilmeta.core.api.tree import Endpoint
from utilmeta.core.request.binding import compile_binding
from utilmeta.core.request.body import check_method
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.core.server.call import Call, compile_call
from utilmeta.core.server.routing import NAME, RouteTable, Segment, allowed, parse_template
from utilmeta.core.server.scope import Scope
from utilmeta.utils.exceptions import DeclarationError


class Plan:
    """``call`` gives the endpoint's result, or its coroutine where ``coroutine``; ``body`` says that it must be loaded
    before; ``trivial`` that the call is ours and cannot block."""

    __slots__ = ("body", "call", "coroutine", "label", "trivial")

    def __init__(self, label: str, call: Call, *, body: bool = False, coroutine: bool = False, trivial: bool = False):
        self.label = label
        self.call = call
        self.body = body
        self.coroutine = coroutine
        self.trivial = trivial


def compile_routes(
    endpoints: Iterable[Endpoint],
    root_route: str = "",
    *,
    strict: bool = False,
    asynchronous: bool = True,
    strict_response: bool = False,
    scopes: Sequence[Scope] = (),
) -> RouteTable[Plan]:
    """The route table of a service; every endpoint runs in ``scopes``, and with ``strict_response`` its result is
    checked there (PREFERENCE-2).

    Raises DeclarationError for two endpoints at one method and path, for an ``async def`` in a service that is not
    asynchronous (ASYNC-3), and for what a template or signature gets wrong; each names the endpoint.
    """
    table: RouteTable[Plan] = RouteTable(root_route, strict=strict)
    shorter: list[tuple[Sequence[Segment | str], str, Plan]] = []
    for endpoint in endpoints:
        if endpoint.asynchronous and not asynchronous:
            raise DeclarationError(
                f"{endpoint.label} is an async def in a synchronous service; make it a plain def, or set "
                "asynchronous=True in UtilMeta(...)"
            )
        method = endpoint.operation.method
        names = NAME.findall(endpoint.template)
        binding = compile_binding(endpoint.function, endpoint.label, names)
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
        call = compile_call(endpoint, binding.bind, strict_response=strict_response)
        for scope in scopes:
            call = scope.async_endpoint(call) if endpoint.asynchronous else scope.endpoint(call)
        plan = Plan(endpoint.label, call, body=binding.body, coroutine=endpoint.asynchronous)
        other = table.add(segments, method, plan)
        if other is not None:
            raise DeclarationError(
                f"{other.label} and {endpoint.label} both answer {method} /{endpoint.template}; give one of them "
                "another route or method"
            )
        while segments and isinstance(segments[-1], Segment) and binding.path_defaults.issuperset(segments[-1].names):
            segments = segments[:-1]
            shorter.append((segments, method, plan))
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
    """HEAD wherever GET is (ROUTE-2a), and OPTIONS everywhere, with Allow (ROUTE-2b)."""
    more = {"HEAD": methods["GET"]} if "GET" in methods else {}
    allow = ", ".join(allowed({*methods, *more, "OPTIONS"}))

    def options(request: Request, values: Mapping[str, str]) -> Response:
        return Response(status=204, headers={"Allow": allow})

    return {**more, "OPTIONS": Plan("OPTIONS", options, trivial=True)}
