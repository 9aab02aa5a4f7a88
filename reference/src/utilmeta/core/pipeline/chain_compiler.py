"""Compiles the chain of an endpoint that has hooks, plugins or a transaction: a handler with middleware around it.

Every layer is a coroutine function (hook_middleware.py). Functions of the service become coroutine functions in one of
two ways: where all of them are plain, they are called at once and the chain never waits; where any is an ``async def``,
the plain ones run in threads while the event loop goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any

from utilmeta.core.annotations.generic import is_generic
from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import HookFunction
from utilmeta.core.api.hook_resolution import EndpointHooks
from utilmeta.core.api.instance import compile_instance, members_of, response_around, shared_parameters
from utilmeta.core.api.tree import Endpoint, is_async
from utilmeta.core.concurrency.context import adopt
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.concurrency.threads import run_in_thread
from utilmeta.core.orm.transactions import Begin
from utilmeta.core.pipeline.call import Call, CompiledCall, Recover
from utilmeta.core.pipeline.error_handlers import ErrorHandler, ErrorHandlers
from utilmeta.core.pipeline.hook_middleware import (
    AfterHook,
    Handler,
    endpoint_handler,
    endpoint_handler_binding_shared,
    hook_call,
    make_response,
    plugin_call,
    with_after_arguments,
    with_after_hooks,
    with_before_hooks,
    with_error_handlers,
    with_plugin,
    with_response_check,
    with_template,
    without_state,
)
from utilmeta.core.pipeline.request_state import (
    AsyncFunction,
    InstanceMaker,
    Instances,
    RequestState,
    TransactionState,
)
from utilmeta.core.request.body.binding import check_method
from utilmeta.core.request.markers import is_parameter
from utilmeta.core.request.parameters.binding import Bind, Binding, bound, compile_binding
from utilmeta.core.request.parameters.parameter import Arguments, Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import Check, Template, template_of
from utilmeta.core.routing.segment import NAME
from utilmeta.utils.exceptions import DeclarationError, HTTPError

MakeAsync = Callable[[Callable[..., Any]], AsyncFunction]

# What a hook takes by position, after self; an after hook may do without (API-g38).
FIRST = {"before": None, "after": "the Response", "handle": "the Error"}


@dataclass(frozen=True, kw_only=True)
class EndpointParts:
    """What the call of one endpoint is compiled from.

    ``binding`` binds the parameters that its class has ``shared``, and then the endpoint's own. ``check`` checks its
    result, ``check_headers`` the headers of its Response. ``coroutine`` says that it or anything of ``hooks`` is an
    ``async def``. ``begin`` begins the transaction of a request, None where there is none; there is no ``async def`` in
    one.
    """

    endpoint: Endpoint
    hooks: EndpointHooks
    binding: Binding
    shared: Sequence[Parameter]
    template: Template | None
    check: Check | None
    check_headers: Check | None
    coroutine: bool
    begin: Begin | None

    @property
    def needs_chain(self) -> bool:
        """Whether anything has to run around the endpoint, or its ``__init__`` in a thread."""
        init_in_thread = self.coroutine and self.endpoint.api.__init__ is not API.__init__
        return bool(self.hooks) or self.begin is not None or init_in_thread


class ChainCompiler:
    """Compiles the chains of one application. Plain functions that run in threads run in ``scopes`` there."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.bindings: dict[Any, Binding] = {}
        self.call_in_scopes: Callable[..., Any] = call_plain
        for scope in scopes:
            self.call_in_scopes = scope.endpoint(self.call_in_scopes)

    def compile(self, parts: EndpointParts) -> CompiledCall:
        """The call of an endpoint with everything that is around it.

        Raises DeclarationError for a hook whose parameters cannot be bound, naming hook and endpoint.
        """
        endpoint, hooks, classes = parts.endpoint, parts.hooks, parts.endpoint.classes
        names = NAME.findall(endpoint.template)
        of_hooks = {hook: self.bind(hook, names) for hook in hooks.functions}
        of_plugins = {plugin.api for plugin in hooks.plugins if plugin.taking_api}
        outer = ({hook.api for hook in hooks.functions} | of_plugins) - {endpoint.api}
        of_classes = {cls: self.bind_shared(cls, names) for cls in outer}
        for label, binding in (
            *((hook.label, binding) for hook, binding in of_hooks.items()),
            *((cls.__qualname__, binding) for cls, binding in of_classes.items()),
        ):
            check_method(endpoint.operation.method, binding.parameters, f"{label}, around {endpoint.label}")
        make_async = self.in_thread if parts.coroutine else at_once
        shared = {cls: binding.bind for cls, binding in of_classes.items()}
        instances = make_instances(classes, {**shared, endpoint.api: bind_own_shared(parts)}, make_async)
        calls = {
            hook: hook_call(call_of(hook, make_async), binding.bind, instances, classes.index(hook.api))
            for hook, binding in of_hooks.items()
        }
        after = [bind for hook in hooks.after if (bind := of_hooks[hook].bind) is not None]
        handler = compose(parts, calls, after, make_async, instances)
        taking = (parts.binding, *of_hooks.values(), *of_classes.values())
        return CompiledCall(
            compile_start(handler, parts),
            body=any(binding.body for binding in taking),
            json=any(binding.json for binding in taking),
            headers=tuple(name for binding in taking for name in binding.headers),
        )

    def compile_recovery(
        self,
        classes: Sequence[type[API]],
        groups: Sequence[Sequence[HookFunction]],
        names: Sequence[str],
        template: Template | None,
        *,
        coroutine: bool,
    ) -> Recover:
        """The function that gives the Response of a handler of an error (API-g42), its coroutine if ``coroutine``.

        The handlers are in ``groups``, as they are asked, of classes at a route with the template ``names``. The
        function raises the error if none takes it.
        """
        make_async = self.in_thread if coroutine else at_once
        shared = {hook.api: self.bind_shared(hook.api, names).bind for group in groups for hook in group}
        instances = make_instances(classes, shared, make_async)
        handlers = ErrorHandlers(
            [[self.error_handler(hook, names, instances, make_async) for hook in group] for group in groups], instances
        )

        async def recover(request: Request, values: Mapping[str, str], error: BaseException) -> Response:
            result = await handlers.recover(RequestState(request, values, len(classes)), error)
            return make_response(template, result, request)

        if coroutine:
            return recover
        return lambda request, values, error: run_without_waiting(recover(request, values, error))

    def error_handler(
        self, hook: HookFunction, names: Sequence[str], instances: Instances, make_async: MakeAsync
    ) -> ErrorHandler:
        """A handler of what nothing answers."""
        depth = instances.classes.index(hook.api)
        call = hook_call(make_async(hook.function), self.bind(hook, names).bind, instances, depth)
        return ErrorHandler(call, depth, hook.hook.exceptions)

    def bind(self, hook: HookFunction, names: Sequence[str]) -> Binding:
        """How a hook takes its parameters around an endpoint whose route has these template names."""
        function = without_first(hook) if takes_first(hook) else hook.function
        own = signature_of(function).parameters
        api = hook.api if is_generic(hook.api) else None  # else it is the same in all that inherit it
        key = (hook.function, hook.hook.kind, frozenset(names) & frozenset(own), api)
        if key not in self.bindings:
            self.bindings[key] = compile_binding(function, hook.label, names, api=api)
        return self.bindings[key]

    def bind_shared(self, cls: type[API], names: Sequence[str]) -> Binding:
        """How the shared parameters of a class around the endpoint's own are bound."""
        key = (cls, frozenset(names) & frozenset(members_of(cls).shared))
        if key not in self.bindings:
            self.bindings[key] = bound(shared_parameters(cls, names), cls.__qualname__)
        return self.bindings[key]

    def in_thread(self, function: Callable[..., Any]) -> AsyncFunction:
        """An ``async def`` as it is; a plain function as a coroutine function that runs it in a thread."""
        if is_async(function):
            return function

        async def call_in_thread(*arguments: Any, **named: Any) -> Any:
            context = copy_context()
            try:
                return await run_in_thread(context.run, self.call_in_scopes, partial(function, *arguments, **named))
            finally:
                adopt(context)

        return call_in_thread


def make_instances(
    classes: Sequence[type[API]], binds: Mapping[type[API], Bind | None], make_async: MakeAsync
) -> Instances:
    """The instances of those of ``classes`` that ``binds`` names; each value binds their shared parameters."""
    makers = {}
    for cls, bind in binds.items():
        response = response_around(classes[: classes.index(cls) + 1])
        makers[cls] = InstanceMaker(bind, instance_maker(cls, response, make_async), response)
    return Instances(classes, makers)


def bind_own_shared(parts: EndpointParts) -> Bind | None:
    """Binds the shared parameters of the endpoint's class alone, for what needs its instance before the endpoint does.

    Where they do not convert, the endpoint's own parameters are bound with them, so that one answer has the errors of
    both (API-4b).
    """
    if not parts.shared:
        return None
    bind, bind_all = bound(tuple(parts.shared), parts.endpoint.api.__qualname__).bind, parts.binding.bind
    assert bind is not None
    assert bind_all is not None
    shared = [parameter.name for parameter in parts.shared]

    def bind_shared(request: Request, values: Mapping[str, str]) -> Arguments:
        try:
            return bind(request, values)
        except HTTPError:
            pass
        arguments = bind_all(request, values)
        return {name: arguments[name] for name in shared}

    return bind_shared


def compose(
    parts: EndpointParts,
    calls: Mapping[HookFunction, AsyncFunction],
    binds: Sequence[Bind],
    make_async: MakeAsync,
    instances: Instances,
) -> Handler:
    """The endpoint's handler and the middleware around it; ``calls`` are those of its hooks, ``binds`` bind what its
    after hooks take."""
    endpoint, hooks, classes, template = parts.endpoint, parts.hooks, parts.endpoint.classes, parts.template
    handler = innermost(parts, make_async(endpoint.function), instances)
    if binds:
        handler = with_after_arguments(handler, binds)
    needed = sorted({classes.index(hook.api) for hook in hooks.after} - {len(classes) - 1})
    if hooks.before or needed:
        handler = with_before_hooks(handler, [calls[hook] for hook in hooks.before], instances, needed)
    if hooks.after:
        after = [AfterHook(calls[hook], template_of(hook.function, hook.api) or template) for hook in hooks.after]
        handler = with_after_hooks(handler, template, after)
    elif hooks.plugins or template is not None:
        handler = with_template(handler, template)
    if parts.check_headers is not None:
        handler = with_response_check(handler, parts.check_headers)
    groups = [
        [ErrorHandler(calls[hook], classes.index(hook.api), hook.hook.exceptions) for hook in group]
        for group in hooks.error_handlers
    ]
    handlers = ErrorHandlers(groups, instances)
    if hooks.error_handlers:
        handler = with_error_handlers(handler, handlers, template)
    for plugin in reversed(hooks.plugins):
        processes = {
            name: plugin_call(make_async(process), instances, classes.index(plugin.api), name)
            if name in plugin.taking_api
            else without_state(make_async(process))
            for name, process in plugin.processes()
        }
        handler = with_plugin(handler, processes, handlers, template)
    return handler


def innermost(parts: EndpointParts, function: AsyncFunction, instances: Instances) -> Handler:
    """Return the handler that calls the endpoint, inside all hooks. It binds the class's shared parameters together
    with the endpoint's own, unless a before hook or plugin has the instance before: then they are bound already."""
    endpoint, hooks, binding = parts.endpoint, parts.hooks, parts.binding
    if not parts.shared:
        return endpoint_handler(function, binding.bind, parts.check, instances)
    early = [hook.api for hook in hooks.before]
    early += [plugin.api for plugin in hooks.plugins if "process_request" in plugin.taking_api]
    if endpoint.api in early:
        alone = bound(binding.parameters[len(parts.shared) :], endpoint.label).bind
        return endpoint_handler(function, alone, parts.check, instances)
    assert binding.bind is not None
    shared = [parameter.name for parameter in parts.shared]
    return endpoint_handler_binding_shared(function, binding.bind, shared, parts.check, instances)


def compile_start(handler: Handler, parts: EndpointParts) -> Call:
    """The call that starts a chain with a state of its own for each request."""
    classes = len(parts.endpoint.classes)
    if parts.coroutine:

        def start_chain(request: Request, values: Mapping[str, str]) -> Any:
            return handler(RequestState(request, values, classes))

        return start_chain
    if parts.begin is None:

        def run_chain(request: Request, values: Mapping[str, str]) -> Any:
            return run_without_waiting(handler(RequestState(request, values, classes)))

        return run_chain
    begin = parts.begin

    def run_in_transaction(request: Request, values: Mapping[str, str]) -> Any:
        with begin() as transaction:
            state = TransactionState(request, values, classes, transaction)
            return transaction.finish(run_without_waiting(handler(state)))

    return run_in_transaction


def run_without_waiting(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a plain part of a request waited for something")


def at_once(function: Callable[..., Any]) -> AsyncFunction:
    """A plain function as a coroutine function that never waits."""

    async def call_at_once(*arguments: Any, **named: Any) -> Any:
        return function(*arguments, **named)

    return call_at_once


def call_plain(function: Callable[[], Any]) -> Any:
    """Call a function: the innermost of what scopes are put around."""
    return function()


def instance_maker(cls: type[API], response: Any, make_async: MakeAsync) -> AsyncFunction:
    """Makes instances of a class; without an ``__init__`` of the service's own that needs no thread."""
    instance = compile_instance(cls, response)
    return at_once(instance) if cls.__init__ is API.__init__ else make_async(instance)


def call_of(hook: HookFunction, make_async: MakeAsync) -> AsyncFunction:
    """A hook as a coroutine function, which is given the Response or Error if hooks of its kind may take one."""
    function = make_async(hook.function)
    if takes_first(hook) or FIRST[hook.hook.kind] is None:
        return function

    async def call_without_response(instance: API, response: Response, **arguments: Any) -> Any:
        return await function(instance, **arguments)

    return call_without_response


def takes_first(hook: HookFunction) -> bool:
    """Whether a hook takes the Response or Error; an after hook without an argument by position does not (API-g38)."""
    if hook.hook.kind != "after":
        return FIRST[hook.hook.kind] is not None
    parameters = list(signature_of(hook.function).parameters.values())[1:]
    return any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters)


def without_first(hook: HookFunction) -> Callable[..., Any]:
    """The hook as a function of the parameters that are bound, without the Response or Error that is given to it first.

    Raises DeclarationError where it takes none.
    """
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

    def bound_parameters(*arguments: Any, **named: Any) -> Any:
        raise NotImplementedError

    update_wrapper(bound_parameters, hook.function)
    own = [parameters[0], *parameters[2:]]
    bound_parameters.__signature__ = signature.replace(parameters=own)  # type: ignore[attr-defined]
    return bound_parameters
