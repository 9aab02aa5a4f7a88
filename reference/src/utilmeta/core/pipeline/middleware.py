"""Puts hooks and plugins around an endpoint, once, when the application is built (passage.py is what then runs)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from functools import partial, update_wrapper
from typing import Any

from utilmeta.core.annotations.generic import is_generic
from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import HookFunction
from utilmeta.core.api.hook_resolution import Surroundings
from utilmeta.core.api.instance import compile_instance, members_of, shared_parameters
from utilmeta.core.api.tree import Endpoint, is_async
from utilmeta.core.concurrency.context import adopt
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.concurrency.threads import run_in_thread
from utilmeta.core.orm.transactions import Begin
from utilmeta.core.pipeline.chain import (
    Handler,
    Handlers,
    Instances,
    Maker,
    Passage,
    PassageInTransaction,
    Shape,
    Step,
    Way,
    answered,
    around_endpoint,
    around_result,
    begun,
    drive,
    finished,
    handled,
)
from utilmeta.core.request.body.binding import check_method
from utilmeta.core.request.markers import is_parameter
from utilmeta.core.request.parameters.binding import Bind, Binding, bound, compile_binding
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import Template, template_of
from utilmeta.core.response.template import shape as put
from utilmeta.core.routing.segment import NAME
from utilmeta.utils.exceptions import DeclarationError

Ready = Callable[[Callable[..., Any]], Step]

# What a hook takes by position, after self.
FIRST = {"before": None, "after": "the Response", "handle": "the Error"}


def shaping(template: Template | None) -> Shape:
    """What makes the Response of a result."""

    def shaped(result: Any, request: Request) -> Response:
        response = put(template, result)
        response.request = request
        return response

    return shaped


class Composition:
    """Of one application. Each plain part that has a thread of its own runs in ``scopes`` there."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.bindings: dict[Any, Binding] = {}
        self.invoke: Callable[..., Any] = invoke
        for scope in scopes:
            self.invoke = scope.endpoint(self.invoke)

    def make(
        self,
        endpoint: Endpoint,
        around: Surroundings,
        binding: Binding,
        shared: Sequence[Parameter],
        check: Callable[[Any], Any] | None,
        template: Template | None,
        *,
        coroutine: bool,
        begin: Begin | None = None,
    ) -> tuple[Callable[[Request, Mapping[str, str]], Any], bool, bool]:
        """The call of an endpoint with what is around it, and whether anything of it takes the body, and as JSON.

        ``binding`` is that of the parameters that its class has ``shared``, and then the endpoint's own. ``begin``
        begins the transaction of a request, where there is to be one; what is around it is plain then.
        """
        ready = self.ready if coroutine else inline
        shaped = shaping(template)
        classes = endpoint.classes
        names = NAME.findall(endpoint.template)
        bindings = {hook: self.bind(hook, names) for hook in around.hooks}
        outer = {cls: self.bind_shared(cls, names) for cls in {hook.api for hook in around.hooks} - {endpoint.api}}
        own = bound(tuple(shared), endpoint.api.__qualname__)
        for label, each in (
            *((hook.label, binding) for hook, binding in bindings.items()),
            *((cls.__qualname__, binding) for cls, binding in outer.items()),
        ):
            check_method(endpoint.operation.method, each.parameters, f"{label}, around {endpoint.label}")
        instances = Instances(
            classes, {cls: Maker(each.bind, maker(cls, ready)) for cls, each in {**outer, endpoint.api: own}.items()}
        )

        def step(hook: HookFunction) -> Step:
            return hook_step(ready(hook.function), bindings[hook].bind, instances, classes.index(hook.api))

        function = ready(endpoint.function)
        if not shared:
            way = endpoint_way(function, binding.bind, check, instances)
        elif any(hook.api is endpoint.api for hook in around.before):
            alone = bound(binding.parameters[len(shared) :], endpoint.label).bind
            way = endpoint_way(function, alone, check, instances)
        else:
            way = endpoint_way_at_once(function, binding, shared, check, instances)
        needed = sorted({classes.index(hook.api) for hook in around.after} - {len(classes) - 1})
        if around.before or needed:
            way = around_endpoint(way, [step(hook) for hook in around.before], instances, needed)
        if around.after or around.plugins or template is not None:
            after = [(hook, template_of(hook.function, hook.api) or template) for hook in around.after]
            way = around_result(way, shaped, [(step(hook), shaping(own_template)) for hook, own_template in after])
        handlers = Handlers(
            [
                [Handler(step(hook), classes.index(hook.api), hook.hook.exceptions) for hook in group]
                for group in around.handlers
            ],
            instances,
        )
        if around.handlers:
            way = handled(way, handlers, shaped)
        for plugin in reversed(around.plugins):
            way = plugged(way, {name: ready(process) for name, process in plugin.processes()}, handlers, shaped)
        taking = (binding, *bindings.values(), *outer.values())
        body, json = any(each.body for each in taking), any(each.json for each in taking)
        depth = len(classes)
        if coroutine:
            return lambda request, values: way(Passage(request, values, depth)), body, json
        if begin is not None:
            return in_transaction(way, depth, begin), body, json
        return lambda request, values: drive(way(Passage(request, values, depth))), body, json

    def bind(self, hook: HookFunction, names: Sequence[str]) -> Binding:
        """How a hook takes its parameters around an endpoint whose route has these template names."""
        function = hook.function if FIRST[hook.hook.kind] is None else without_first(hook)
        own = signature_of(function).parameters
        api = hook.api if is_generic(hook.api) else None  # else it is the same in all that inherit it
        key = (hook.function, hook.hook.kind, frozenset(names) & frozenset(own), api)
        if key not in self.bindings:
            self.bindings[key] = compile_binding(function, hook.label, names, api=api)
        return self.bindings[key]

    def bind_shared(self, cls: type[API], names: Sequence[str]) -> Binding:
        key = (cls, frozenset(names) & frozenset(members_of(cls).shared))
        if key not in self.bindings:
            self.bindings[key] = bound(shared_parameters(cls, names), cls.__qualname__)
        return self.bindings[key]

    def ready(self, function: Callable[..., Any]) -> Step:
        """A part of a way that waits: a plain one waits for a thread."""
        if is_async(function):
            return function

        async def call(*arguments: Any, **named: Any) -> Any:
            context = copy_context()
            try:
                return await run_in_thread(context.run, self.invoke, partial(function, *arguments, **named))
            finally:
                adopt(context)

        return call


def inline(function: Callable[..., Any]) -> Step:
    """A part of a way that never waits."""

    async def call(*arguments: Any, **named: Any) -> Any:
        return function(*arguments, **named)

    return call


def invoke(call: Callable[[], Any]) -> Any:
    return call()


def maker(cls: type[API], ready: Ready) -> Step:
    """Makes instances of a class. What is not the service's own code needs no thread."""
    instance = compile_instance(cls)
    return inline(instance) if cls.__init__ is API.__init__ else ready(instance)


def endpoint_way(step: Step, bind: Bind | None, check: Callable[[Any], Any] | None, instances: Instances) -> Way:
    depth = len(instances.classes) - 1

    async def call(passage: Passage) -> Any:
        instance = await instances.make(passage, depth)
        arguments = {} if bind is None else bind(passage.request, passage.values)
        result = await step(instance, **arguments)
        return result if check is None else check(result)

    return call


def endpoint_way_at_once(
    step: Step,
    binding: Binding,
    shared: Sequence[Parameter],
    check: Callable[[Any], Any] | None,
    instances: Instances,
) -> Way:
    """The same where the parameters of the class are bound with the endpoint's own: one 422 tells of both (API-4b)."""
    bind = binding.bind
    assert bind is not None
    names = [parameter.name for parameter in shared]
    depth = len(instances.classes) - 1

    async def call(passage: Passage) -> Any:
        arguments = bind(passage.request, passage.values)
        instance = await instances.make(passage, depth, {name: arguments.pop(name) for name in names})
        result = await step(instance, **arguments)
        return result if check is None else check(result)

    return call


def plugged(way: Way, processes: Mapping[str, Step], handlers: Handlers, shape: Shape) -> Way:
    """What is inside, with a plugin around it that does this."""
    if "process_request" in processes:
        way = begun(way, processes["process_request"], handlers, shape)
    if "handle_error" in processes:
        way = answered(way, processes["handle_error"], shape)
    if "process_response" in processes:
        way = finished(way, processes["process_response"], handlers, shape)
    return way


def in_transaction(way: Way, depth: int, begin: Begin) -> Callable[[Request, Mapping[str, str]], Any]:
    """All of a plain way in a transaction."""

    def call(request: Request, values: Mapping[str, str]) -> Any:
        with begin() as transaction:
            return transaction.finish(drive(way(PassageInTransaction(request, values, depth, transaction))))

    return call


def hook_step(step: Step, bind: Bind | None, instances: Instances, depth: int) -> Step:
    async def call(passage: Passage, *first: Any) -> Any:
        instance = await instances.make(passage, depth)
        arguments = {} if bind is None else bind(passage.request, passage.values)
        return await step(instance, *first, **arguments)

    return call


def without_first(hook: HookFunction) -> Callable[..., Any]:
    """The hook as a function of its own parameters alone. Raises DeclarationError where the first is missing."""
    signature = signature_of(hook.function)
    parameters = list(signature.parameters.values())
    if len(parameters) < 2 or parameters[1].kind not in (
        parameters[1].POSITIONAL_ONLY,
        parameters[1].POSITIONAL_OR_KEYWORD,
    ):
        raise DeclarationError(
            f"{hook.label} is @api.{hook.hook.kind}: its first parameter after self is {FIRST[hook.hook.kind]}"
        )

    if is_parameter(parameters[1].default):
        raise DeclarationError(
            f"{hook.label} is @api.{hook.hook.kind}: its first parameter after self is {FIRST[hook.hook.kind]}, so "
            f"{parameters[1].name!r} is sent by nobody; put it after that"
        )

    def alone(*arguments: Any, **named: Any) -> Any:
        raise NotImplementedError

    update_wrapper(alone, hook.function)
    alone.__signature__ = signature.replace(parameters=[parameters[0], *parameters[2:]])  # type: ignore[attr-defined]
    return alone
