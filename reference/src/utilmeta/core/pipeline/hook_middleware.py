"""Middleware of endpoints that have hooks or plugins: ``with_...`` functions, each of which puts one layer around a
handler.

What runs for a request, from the outermost layer to the innermost; each name is also that of its frame in a traceback:

    run_plugin_response    a plugin's process_response    }
    run_plugin_error       a plugin's handle_error        }  for each plugin, the outermost first
    run_plugin_request     a plugin's process_request     }
    handle_errors          @api.handle hooks
    check_response         the check of the Response's headers
    run_after_hooks        the Response of the result, and @api.after hooks, the innermost class's first
    apply_template         the Response of the result, where there are no after hooks
    run_before_hooks       @api.before hooks, the outermost class's first
    bind_after_hooks       the arguments of @api.after hooks that declare parameters
    call_endpoint          the instance, the arguments, the endpoint, the check of its result

What an endpoint does not have is left out. Handlers are coroutine functions. Where every function of the service among
them is plain they never wait, and ``run_without_waiting`` (chain_compiler.py) runs them in the thread that calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from utilmeta.core.pipeline.error_handlers import ErrorHandlers, error_to_handle, forget_handled
from utilmeta.core.pipeline.request_state import AsyncFunction, Instances, RequestState
from utilmeta.core.request.parameters.binding import Bind
from utilmeta.core.request.request import Request
from utilmeta.core.response.error import Error
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import Check, Template, shape

Handler = Callable[[RequestState], Coroutine[Any, Any, Any]]
"""Answers a request: gives the endpoint's result, or the Response made of it."""


class AfterHook(NamedTuple):
    """An ``@api.after`` hook, called with the request's state and Response. What it returns, unless None, becomes the
    new Response, in the response class ``template`` where there is one."""

    call: AsyncFunction
    template: Template | None


def make_response(template: Template | None, result: Any, request: Request) -> Response:
    """The Response of a result, which knows its request.

    What is a Response already is copied: user code may keep it, to answer other requests at the same time.
    """
    response = shape(template, result)
    if response is result:
        response = copy(response)
        response.fields = response.fields.copy()
    response.request = request
    return response


# --- the endpoint ---


def endpoint_handler(function: AsyncFunction, bind: Bind | None, check: Check | None, instances: Instances) -> Handler:
    """The innermost handler: makes the instance, then binds the endpoint's arguments."""
    depth = len(instances.classes) - 1

    async def call_endpoint(state: RequestState) -> Any:
        instance = await instances.make(state, depth)
        arguments = {} if bind is None else bind(state.request, state.values)
        result = await function(instance, **arguments)
        return result if check is None else check(result)

    return call_endpoint


def endpoint_handler_binding_shared(
    function: AsyncFunction, bind: Bind, shared: Sequence[str], check: Check | None, instances: Instances
) -> Handler:
    """As ``endpoint_handler``, but ``bind`` also binds the ``shared`` parameters of the class.

    So one answer has the errors of both (API-4b).
    """
    depth = len(instances.classes) - 1

    async def call_endpoint(state: RequestState) -> Any:
        arguments = bind(state.request, state.values)
        instance = await instances.make(state, depth, {name: arguments.pop(name) for name in shared})
        result = await function(instance, **arguments)
        return result if check is None else check(result)

    return call_endpoint


# --- hooks ---


def hook_call(function: AsyncFunction, bind: Bind | None, instances: Instances, depth: int) -> AsyncFunction:
    """A hook as a function of the state, and of the Response or Error where its kind takes one.

    Its arguments are those that ``bind_after_hooks`` has bound, or bound now.
    """

    async def call_hook(state: RequestState, *first: Any) -> Any:
        instance = await instances.make(state, depth)
        if bind is None:
            return await function(instance, *first)
        arguments = state.arguments.get(bind)
        if arguments is None:
            arguments = bind(state.request, state.values)
        return await function(instance, *first, **arguments)

    return call_hook


def with_before_hooks(
    inner: Handler, hooks: Sequence[AsyncFunction], instances: Instances, needed: Sequence[int]
) -> Handler:
    """The first result of a hook that is not None takes the endpoint's place (PLUGIN-1).

    The instances at the depths ``needed`` are made after the hooks and before the endpoint, so that what cannot be made
    keeps the endpoint from running.
    """

    async def run_before_hooks(state: RequestState) -> Any:
        for hook in hooks:
            result = await hook(state)
            if result is not None:
                return result
        for depth in needed:
            await instances.make(state, depth)
        return await inner(state)

    return run_before_hooks


def with_after_arguments(inner: Handler, binds: Sequence[Bind]) -> Handler:
    """Binds what after hooks declare, so that what does not convert keeps the endpoint from running (PLUGIN-5b)."""

    async def bind_after_hooks(state: RequestState) -> Any:
        state.arguments = {bind: bind(state.request, state.values) for bind in binds}
        return await inner(state)

    return bind_after_hooks


def with_template(inner: Handler, template: Template | None) -> Handler:
    """Makes the Response of the result."""

    async def apply_template(state: RequestState) -> Response:
        return make_response(template, await inner(state), state.request)

    return apply_template


def with_after_hooks(inner: Handler, template: Template | None, hooks: Sequence[AfterHook]) -> Handler:
    """The hooks get the Response of the result; what one returns, unless None, takes its place (PLUGIN-2)."""

    async def run_after_hooks(state: RequestState) -> Response:
        response = make_response(template, await inner(state), state.request)
        for hook, own_template in hooks:
            result = await hook(state, response)
            if result is not None:
                response = make_response(own_template, result, state.request)
            response.check()
        return response

    return run_after_hooks


def with_response_check(inner: Handler, check: Check) -> Handler:
    """Checks the Response as after hooks have left it (RESPONSE-g12)."""

    async def check_response(state: RequestState) -> Any:
        return check(await inner(state))

    return check_response


def with_error_handlers(inner: Handler, handlers: ErrorHandlers, template: Template | None) -> Handler:
    """Exceptions are answered by the handlers, or raised again (PLUGIN-3)."""

    async def handle_errors(state: RequestState) -> Any:
        try:
            return await inner(state)
        except BaseException as error:  # noqa: BLE001 - raised again where no handler answers
            return make_response(template, await handlers.recover(state, error), state.request)

    return handle_errors


# --- plugins, whose functions are called with the request's state and their one argument ---


def without_state(process: AsyncFunction) -> AsyncFunction:
    """A plugin's function that takes its argument alone."""
    return lambda state, argument: process(argument)


def plugin_call(process: AsyncFunction, instances: Instances, depth: int, name: str) -> AsyncFunction:
    """A plugin's function ``name`` that takes the API instance too, of the class that it is around (PLUGIN-g4).

    Where that cannot be made, ``process_request`` raises what its ``__init__`` does, and the others get a bare one.
    """
    make = instances.make if name == "process_request" else instances.make_for_handler

    async def call_plugin(state: RequestState, argument: Any) -> Any:
        await make(state, depth)
        return await process(argument, api=state.instances[depth])

    return call_plugin


def with_plugin(
    inner: Handler, processes: Mapping[str, AsyncFunction], handlers: ErrorHandlers, template: Template | None
) -> Handler:
    """Up to three layers, one for each of the ``processes`` that the plugin defines, by name (PLUGIN-9).

    What ``process_request`` and ``process_response`` raise goes to the ``handlers`` first.
    """
    if "process_request" in processes:
        inner = with_plugin_request(inner, processes["process_request"], handlers, template)
    if "handle_error" in processes:
        inner = with_plugin_error(inner, processes["handle_error"], template)
    if "process_response" in processes:
        inner = with_plugin_response(inner, processes["process_response"], handlers, template)
    return inner


def with_plugin_request(
    inner: Handler, process_request: AsyncFunction, handlers: ErrorHandlers, template: Template | None
) -> Handler:
    """A result of ``process_request`` that is not None answers the request in place of ``inner``."""

    async def run_plugin_request(state: RequestState) -> Response:
        try:
            result = await process_request(state, state.request)
        except BaseException as error:  # noqa: BLE001 - raised again where no handler answers
            result = await handlers.recover(state, error)
        if result is not None:
            return make_response(template, result, state.request)
        response: Response = await inner(state)
        return response

    return run_plugin_request


def with_plugin_error(inner: Handler, handle_error: AsyncFunction, template: Template | None) -> Handler:
    """``handle_error`` gets the exceptions that no handler has answered."""

    async def run_plugin_error(state: RequestState) -> Response:
        try:
            response: Response = await inner(state)
        except BaseException as raised:  # noqa: BLE001 - raised again where the plugin does not answer
            error = error_to_handle(raised)
            try:
                state.on_error(error)
                result = await handle_error(state, Error(error, state.request))
                if result is None:
                    raise
                forget_handled(error)
            finally:
                del error  # whose traceback has this frame
            return make_response(template, result, state.request)
        return response

    return run_plugin_error


def with_plugin_response(
    inner: Handler, process_response: AsyncFunction, handlers: ErrorHandlers, template: Template | None
) -> Handler:
    """``process_response`` gets every Response, also those made of a handled error or by the plugin itself."""

    async def run_plugin_response(state: RequestState) -> Response:
        response: Response = await inner(state)
        try:
            result = await process_response(state, response)
            response.check()
        except BaseException as error:  # noqa: BLE001 - raised again where no handler answers
            result = await handlers.recover(state, error)
        return response if result is None else make_response(template, result, state.request)

    return run_plugin_response
