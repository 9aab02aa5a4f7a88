"""Compiles the endpoints of an application into its route table: one plan for each.

Everything that can be decided before the first request is decided here: which parameters are bound, whether a body has
to be loaded, what runs around the endpoint, and whether the call gives a coroutine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from utilmeta.core.annotations.decoration import ATOMIC
from utilmeta.core.api.cors import Preflight, cors
from utilmeta.core.api.hook_resolution import EndpointHooks, HookResolver
from utilmeta.core.api.instance import shared_parameters
from utilmeta.core.api.plugin import of_endpoint
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.concurrency.gc_pause import without_gc
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.orm.transactions import Transactions
from utilmeta.core.pipeline.call import (
    Call,
    CompiledCall,
    Plan,
    direct_call,
    with_async_cors,
    with_async_result_check,
    with_async_template,
    with_cors,
    with_result_check,
    with_template,
)
from utilmeta.core.pipeline.chain_compiler import ChainCompiler, EndpointParts
from utilmeta.core.pipeline.timeout import with_async_timeout, with_timeout
from utilmeta.core.pipeline.unanswered import UnansweredCompiler
from utilmeta.core.request.body.binding import check_method
from utilmeta.core.request.parameters.binding import Binding, compile_binding
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.response.lazy import check_result
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import (
    compile_headers_check,
    compile_result_check,
    compile_template,
)
from utilmeta.core.routing.segment import NAME, Segment, parse_template
from utilmeta.core.routing.table import RouteTable, allowed
from utilmeta.utils.exceptions import DeclarationError

Segments = Sequence[Segment | str]


@dataclass(frozen=True, kw_only=True)
class PlanOptions:
    """What all endpoints of an application have in common.

    ``asynchronous`` says that they may be an ``async def``, ``strict_response`` that their results are checked
    (PREFERENCE-2). They run in ``scopes``, and in a transaction where ``transactions`` give one (DATABASE-10).
    """

    asynchronous: bool = True
    strict_response: bool = False
    scopes: Sequence[Scope] = ()
    transactions: Transactions | None = None


DEFAULT_OPTIONS = PlanOptions()


@without_gc
def compile_routes(
    endpoints: Iterable[Endpoint],
    root_route: str = "",
    *,
    strict: bool = False,
    options: PlanOptions = DEFAULT_OPTIONS,
) -> RouteTable[Plan]:
    """The route table of a service; with ``strict`` it answers below ``root_route`` alone (PREFERENCE-1).

    Private endpoints are not in it (API-g7).

    Raises DeclarationError for two endpoints at one method and path, for an ``async def`` in a service that is not
    asynchronous (ASYNC-3), for a hook around nothing (PLUGIN-7), and for what a template or signature gets wrong; each
    names the endpoint or hook.
    """
    compiler = PlanCompiler(options)
    unanswered = UnansweredCompiler(compiler.resolver, compiler.chains, options.scopes)
    table: RouteTable[Plan] = RouteTable(root_route, strict=strict)
    shorter: list[tuple[Segments, str, Plan]] = []
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
        segments: Segments = parse_template(endpoint.template, binding.path_regexes, endpoint.label, binding.path_rests)
        plan = compiler.compile(endpoint, binding, shared)
        if endpoint.private:  # it is checked like any other
            continue
        unanswered.add(endpoint, binding.path_regexes)
        other = table.add(segments, method, plan)
        if other is not None:
            raise DeclarationError(
                f"{other.label} and {endpoint.label} both answer {method} /{endpoint.template}; give one of them "
                "another route or method"
            )
        while segments and isinstance(segments[-1], Segment) and binding.path_defaults.issuperset(segments[-1].names):
            segments = segments[:-1]
            shorter.append((segments, method, plan))
    compiler.resolver.check_targets()
    add_shorter(table, shorter)
    table.complete(derive_methods)
    table.miss = unanswered.miss
    return table


def add_shorter(table: RouteTable[Plan], shorter: Iterable[tuple[Segments, str, Plan]]) -> None:
    """Add templates whose last parameters, which have defaults, are left out, where no other endpoint answers.

    Raises DeclarationError for two endpoints that would answer at one of them.
    """
    added: dict[tuple[object, ...], Plan] = {}
    for segments, method, plan in shorter:
        place = (method, *(segment if isinstance(segment, str) else segment.shape for segment in segments))
        if table.add(segments, method, plan) is None:
            added[place] = plan
        elif place in added:
            raise DeclarationError(
                f"{added[place].label} and {plan.label} both answer {method} where the parameters at the end of their "
                "routes are left out; give only one of them a default"
            )


class PlanCompiler:
    """Compiles the plans of one application's endpoints."""

    def __init__(self, options: PlanOptions) -> None:
        self.options = options
        self.resolver = HookResolver()
        self.chains = ChainCompiler(options.scopes)

    def compile(self, endpoint: Endpoint, binding: Binding, shared: Sequence[Parameter]) -> Plan:
        """The plan of ``endpoint``; ``binding`` binds what its class has ``shared``, and then its own parameters.

        Raises DeclarationError for an ``async def`` in a service that is not asynchronous (ASYNC-3, PLUGIN-6b) and in
        a transaction (DATABASE-10b), and for a hook that is declared wrong, naming it.
        """
        hooks = self.resolver.resolve(endpoint)
        asynchronous = self.asynchronous_parts(endpoint, hooks)
        coroutine, transactions = bool(asynchronous), self.options.transactions
        atomic = atomic_aliases(endpoint)
        begin, marked, function = None, (endpoint.function, *endpoint.classes), endpoint.function
        if atomic:
            if transactions is None:
                raise DeclarationError(
                    f"{endpoint.label} is in a transaction of {atomic[0]!r}, by Atomic, and the service has no "
                    "database; give it DatabaseConnections({...})"
                )
            transactions.require(endpoint.label, atomic)
            if coroutine:
                around = transactions.around_async if endpoint.asynchronous else transactions.around
                function, atomic = around(endpoint.function, atomic), ()
        if transactions is not None:
            begin = transactions.of(endpoint.label, marked, asynchronous, atomic)
        check_result(endpoint.function, endpoint.label, endpoint.api)
        for hook in hooks.functions:
            check_result(hook.function, hook.label, hook.api)
        template = compile_template(endpoint.function, endpoint.classes, hooks.templates)
        parts = EndpointParts(
            endpoint=endpoint if function is endpoint.function else replace(endpoint, function=function),
            hooks=hooks,
            binding=binding,
            shared=shared,
            template=template,
            check=compile_result_check(
                endpoint.function, endpoint.label, endpoint.api, template, strict=self.options.strict_response
            ),
            check_headers=compile_headers_check(endpoint.label, endpoint.api, template),
            coroutine=coroutine,
            begin=begin,
        )
        compiled = self.chains.compile(parts) if parts.needs_chain else compile_direct(parts)
        call = compiled.call
        for scope in self.options.scopes:
            call = scope.async_endpoint(call) if coroutine else scope.endpoint(call)
        seconds = endpoint.operation.timeout
        if seconds is not None:
            limit = with_async_timeout if coroutine else with_timeout
            call = limit(call, seconds, endpoint.label)
        policy = cors(endpoint)
        if policy is not None:
            call = with_async_cors(call, policy) if coroutine else with_cors(call, policy)
        return Plan(
            endpoint.label,
            call,
            body=compiled.body,
            json=compiled.json,
            coroutine=coroutine,
            cors=policy,
            headers=compiled.headers,
            template=template,
            timeout=seconds,
        )

    def asynchronous_parts(self, endpoint: Endpoint, hooks: EndpointHooks) -> Sequence[str]:
        """The labels of the endpoint and its hooks that are an ``async def``."""
        parts = [endpoint.label] if endpoint.asynchronous else []
        parts += hooks.asynchronous
        if parts and not self.options.asynchronous:
            raise DeclarationError(
                f"{parts[0]} is an async def in a synchronous service; make it a plain def, or set "
                "asynchronous=True in UtilMeta(...) or API.__as__(...)"
            )
        return parts


def atomic_aliases(endpoint: Endpoint) -> Sequence[str]:
    """The databases in which ``Atomic`` puts an endpoint's requests in a transaction, by its classes, their bases or
    itself.
    """
    bases = [base for cls in endpoint.classes for base in reversed(cls.__mro__)]
    aliases = [alias for base in bases for alias in vars(base).get(ATOMIC, ())]
    return tuple(dict.fromkeys([*aliases, *of_endpoint(endpoint, ATOMIC, ())]))


def compile_direct(parts: EndpointParts) -> CompiledCall:
    """The call of an endpoint that needs no chain."""
    binding, check, template = parts.binding, parts.check, parts.template
    call = direct_call(parts.endpoint, binding.bind, [parameter.name for parameter in parts.shared])
    if check is not None:
        call = with_async_result_check(call, check) if parts.coroutine else with_result_check(call, check)
    if template is not None:
        call = with_async_template(call, template) if parts.coroutine else with_template(call, template)
    if parts.check_headers is not None:
        wrap = with_async_result_check if parts.coroutine else with_result_check
        call = wrap(call, parts.check_headers)
    return CompiledCall(call, binding.body, binding.json, binding.headers)


# --- methods that nobody declares ---


def derive_methods(methods: Mapping[str, Plan]) -> dict[str, Plan]:
    """HEAD wherever GET is (ROUTE-2a), and OPTIONS everywhere, with Allow (ROUTE-2b), preflights too (PLUGIN-8b)."""
    more = {"HEAD": methods["GET"]} if "GET" in methods else {}
    allow = ", ".join(allowed({*methods, *more, "OPTIONS"}))

    def answer_options(request: Request, values: Mapping[str, str]) -> Response:
        return Response(status=204, headers={"Allow": allow})

    plans = {**methods, **more}
    policies = any(plan.cors is not None for plan in plans.values())
    call = with_preflights(answer_options, plans, allow) if policies else answer_options
    return {**more, "OPTIONS": Plan("OPTIONS", call, trivial=True)}


def with_preflights(answer_options: Call, plans: Mapping[str, Plan], allow: str) -> Call:
    """Answers preflights by the plan of the method that they ask for, and all other OPTIONS by ``answer_options``.

    ``plans`` are those of the path's methods.
    """

    preflights: dict[str, Preflight] = {}
    for method, plan in plans.items():
        if plan.cors is not None:
            alike = allowed(name for name, other in plans.items() if other.cors is plan.cors)
            preflights[method] = plan.cors.compile_preflight(alike, plan.headers, allow)

    def answer(request: Request, values: Mapping[str, str]) -> Response:
        preflight = preflights.get(request.header("access-control-request-method") or "")
        if preflight is None or request.header("origin") is None:
            response: Response = answer_options(request, values)
            return response
        return preflight(request)

    return answer
