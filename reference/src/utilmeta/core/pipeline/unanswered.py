"""What answers below a class where no endpoint does: its handlers of ``"*"`` (API-g42), and its template (RESPONSE-g7).

It is compiled once for each place where a class with either is mounted. A request that an endpoint answers does not
come by here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import HookFunction
from utilmeta.core.api.hook_resolution import HookResolver
from utilmeta.core.api.tree import Endpoint, is_async
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.pipeline.call import Plan
from utilmeta.core.pipeline.chain_compiler import ChainCompiler
from utilmeta.core.request.request import Request
from utilmeta.core.response.template import template_around
from utilmeta.core.routing.prefixes import Prefixes
from utilmeta.core.routing.segment import NAME, parse_template
from utilmeta.core.routing.table import Miss
from utilmeta.utils.exceptions import DeclarationError, MethodNotAllowed, NotFound

MISSES = (NotFound, MethodNotAllowed)


class UnansweredCompiler:
    """Compiles what answers below the classes of one application."""

    def __init__(self, resolver: HookResolver, chains: ChainCompiler, scopes: Sequence[Scope]) -> None:
        self.resolver = resolver
        self.chains = chains
        self.scopes = scopes
        self.prefixes: Prefixes[Plan] = Prefixes()
        self.added: set[object] = set()
        self.empty = True

    @property
    def miss(self) -> Miss | None:
        """What a route table asks about paths that it has no endpoint for."""
        return None if self.empty else self.prefixes.find

    def add(self, endpoint: Endpoint, regexes: Mapping[str, str]) -> None:
        """Add the classes around an endpoint, whose path parameters have these ``regexes``."""
        for depth, prefix in enumerate(endpoint.prefixes, 1):
            names = NAME.findall(prefix)
            own = {name: regexes[name] for name in names if name in regexes}
            place = (endpoint.classes[:depth], prefix, *own.items())
            if place not in self.added:
                self.added.add(place)
                plan = self.compile(endpoint.classes[:depth], names)
                if plan is not None:
                    self.prefixes.add(parse_template(prefix, own, plan.label), plan)
                    self.empty = False

    def compile(self, classes: Sequence[type[API]], names: Sequence[str]) -> Plan | None:
        """The plan of what answers below the last of ``classes``, None for nothing; ``names`` are of its route."""
        around = self.resolver.resolve_every(classes)
        template = template_around(classes, around.templates)
        groups = [[hook for hook in group if self.is_bound(hook, names)] for group in around.error_handlers]
        hooks = [hook for group in groups for hook in group]
        if not any(issubclass(miss, each) for hook in hooks for each in hook.hook.exceptions for miss in MISSES):
            if template is None or template.message_key is None:
                return None
            return Plan(classes[-1].__qualname__, refuse, trivial=True, template=template)
        coroutine = any(is_async(hook.function) for hook in hooks)
        recover = self.chains.compile_recovery(classes, groups, names, template, coroutine=coroutine)
        for scope in self.scopes:
            recover = scope.async_endpoint(recover) if coroutine else scope.endpoint(recover)
        return Plan(classes[-1].__qualname__, recover, coroutine=coroutine, template=template)

    def is_bound(self, hook: HookFunction, names: Sequence[str]) -> bool:
        """Whether any request has what a handler takes: it has defaults for all of it, and nothing is in the body."""
        try:
            parameters = self.chains.bind(hook, names).parameters
        except DeclarationError:  # of a path parameter that only endpoints have
            return False
        return all(parameter.optional and parameter.marker.place != "body" for parameter in parameters)


def refuse(request: Request, values: Mapping[str, str], error: BaseException) -> NoReturn:
    """Raise the error that no handler is asked about."""
    raise error
