"""Puts hooks and plugins around an endpoint, once, when the application is built (passage.py is what then runs)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context, copy_context
from functools import partial, update_wrapper
from typing import Any

from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import HookFunction
from utilmeta.core.api.instance import compile_instance, shared_parameters
from utilmeta.core.api.surroundings import Surroundings, is_async
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.request.argument import Arguments, Parameter
from utilmeta.core.request.binding import Bind, Binding, bound, compile_binding
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import Template, shape, template_of
from utilmeta.core.server.passage import (
    Handler,
    Handlers,
    Instances,
    Passage,
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
from utilmeta.core.server.routing import NAME
from utilmeta.core.server.scope import Scope
from utilmeta.core.server.threads import run_in_thread
from utilmeta.utils.exceptions import DeclarationError

Ready = Callable[[Callable[..., Any]], Step]

# What a hook takes by position, after self.
FIRST = {"before": None, "after": "the Response", "handle": "the Error"}


def shaping(template: Template | None) -> Shape:
    """What makes the Response of a result."""

    def shaped(result: Any, request: Request) -> Response:
        response = shape(template, result)
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
    ) -> tuple[Callable[[Request, Mapping[str, str]], Any], bool]:
        """The call of an endpoint with what is around it, and whether any of that takes something of the body.

        ``binding`` is that of the endpoint's parameters and of those that its class has ``shared``.
        """
        ready = self.ready if coroutine else inline
        shaped = shaping(template)
        classes = endpoint.classes
        names = NAME.findall(endpoint.template)
        needed = {endpoint.api, *(hook.api for hook in around.hooks)}
        of_classes = {cls: bound(shared_parameters(cls, names), cls.__qualname__) for cls in classes if cls in needed}
        instances = Instances(
            classes, [maker(cls, ready, of_classes[cls].bind if cls in needed else None) for cls in classes]
        )
        bindings = {hook: self.bind(hook, names) for hook in around.hooks}

        def step(hook: HookFunction) -> Step:
            return hook_step(ready(hook.function), bindings[hook].bind, instances, classes.index(hook.api))

        way = endpoint_way(ready(endpoint.function), binding, shared, check, instances)
        outer = sorted({classes.index(hook.api) for hook in around.after} - {len(classes) - 1})
        way = around_endpoint(way, [step(hook) for hook in around.before], instances, outer)
        way = around_result(
            way, shaped, [(step(hook), shaping(template_of(hook.function) or template)) for hook in around.after]
        )
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
            processes = {name: ready(process) for name, process in plugin.processes()}
            if "process_request" in processes:
                way = begun(way, processes["process_request"], handlers, shaped)
            if "handle_error" in processes:
                way = answered(way, processes["handle_error"], shaped)
            if "process_response" in processes:
                way = finished(way, processes["process_response"], handlers, shaped)
        begin = partial(Passage, depth=len(classes))
        body = any(binding.body for binding in (*bindings.values(), *of_classes.values()))
        if coroutine:
            return lambda request, values: way(begin(request, values)), body
        return lambda request, values: drive(way(begin(request, values))), body

    def bind(self, hook: HookFunction, names: Sequence[str]) -> Binding:
        """How a hook takes its parameters around an endpoint whose route has these template names."""
        function = hook.function if FIRST[hook.hook.kind] is None else without_first(hook)
        own = inspect.signature(function).parameters
        key = (hook.function, hook.hook.kind, frozenset(names) & frozenset(own))
        if key not in self.bindings:
            self.bindings[key] = compile_binding(function, hook.label, names)
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


def adopt(context: Context) -> None:
    """Set what another context has set: what a plain part leaves in a variable, the parts after it find there."""
    for variable, value in context.items():
        if variable.get(context) is not value:
            variable.set(value)


def inline(function: Callable[..., Any]) -> Step:
    """A part of a way that never waits."""

    async def call(*arguments: Any, **named: Any) -> Any:
        return function(*arguments, **named)

    return call


def invoke(call: Callable[[], Any]) -> Any:
    return call()


def maker(cls: type[API], ready: Ready, bind: Bind | None) -> Step:
    """Makes instances of a class. What is not the service's own code needs no thread."""
    instance = compile_instance(cls)
    step = inline(instance) if cls.__init__ is API.__init__ else ready(instance)

    async def make(passage: Passage, shared: Arguments | None = None) -> Any:
        if shared is None:
            shared = {} if bind is None else bind(passage.request, passage.values)
        return await step(passage.request, shared)

    return make


def endpoint_way(
    step: Step,
    binding: Binding,
    shared: Sequence[Parameter],
    check: Callable[[Any], Any] | None,
    instances: Instances,
) -> Way:
    """The endpoint; what its class shares is bound with its own parameters, unless a hook needed an instance before."""
    depth = len(instances.classes) - 1
    together, names = binding.bind, [parameter.name for parameter in shared]
    alone = bound(binding.parameters[len(shared) :], "").bind if shared else together

    async def call(passage: Passage) -> Any:
        instance = passage.instances[depth]
        if instance is None and names and together is not None:
            arguments = together(passage.request, passage.values)
            instance = await instances.make(passage, depth, {name: arguments.pop(name) for name in names})
        else:
            instance = await instances.make(passage, depth)
            arguments = {} if alone is None else alone(passage.request, passage.values)
        result = await step(instance, **arguments)
        return result if check is None else check(result)

    return call


def hook_step(step: Step, bind: Bind | None, instances: Instances, depth: int) -> Step:
    async def call(passage: Passage, *first: Any) -> Any:
        instance = await instances.make(passage, depth)
        arguments = {} if bind is None else bind(passage.request, passage.values)
        return await step(instance, *first, **arguments)

    return call


def without_first(hook: HookFunction) -> Callable[..., Any]:
    """The hook as a function of its own parameters alone. Raises DeclarationError where the first is missing."""
    signature = inspect.signature(hook.function)
    parameters = list(signature.parameters.values())
    if len(parameters) < 2 or parameters[1].kind not in (
        parameters[1].POSITIONAL_ONLY,
        parameters[1].POSITIONAL_OR_KEYWORD,
    ):
        raise DeclarationError(
            f"{hook.label} is @api.{hook.hook.kind}: its first parameter after self is {FIRST[hook.hook.kind]}"
        )

    def alone(*arguments: Any, **named: Any) -> Any:
        raise NotImplementedError

    update_wrapper(alone, hook.function)
    alone.__signature__ = signature.replace(parameters=[parameters[0], *parameters[2:]])  # type: ignore[attr-defined]
    return alone
