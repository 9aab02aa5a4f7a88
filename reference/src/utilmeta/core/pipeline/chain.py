"""The way of a request through the hooks and plugins around an endpoint, put together once.

    process_request     of the plugins, the outermost first
    instances           of the classes that have hooks, the outermost first
    before              hooks, the outermost class's first
    the endpoint
    after               hooks, the innermost class's first
    process_response    of the plugins, the innermost first

What is raised on the way goes to the handlers, the nearest first, and then to the plugins' handle_error, the innermost
first. All of it is written as coroutines. Where every part is a plain function none of them ever waits, and ``drive``
runs the whole in the thread that calls it; as soon as one is ``async def`` it is awaited, and the plain parts run in
threads.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.api.declaration import API
from utilmeta.core.errors.exception_group import http_error
from utilmeta.core.errors.exception_log import forget
from utilmeta.core.errors.interruption import raise_interruption
from utilmeta.core.orm.transactions import Transaction
from utilmeta.core.request.parameters.binding import Bind
from utilmeta.core.request.request import Request
from utilmeta.core.response.error import Error
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import HTTPError

Step = Callable[..., Awaitable[Any]]
"""A part of the way: called with the passage, and what its kind takes."""

Shape = Callable[[Any, Request], Response]


class Passage:
    """One request on its way. ``instances`` are those of the endpoint's classes, each None until it is made."""

    __slots__ = ("instances", "request", "values")

    def __init__(self, request: Request, values: Mapping[str, str], depth: int) -> None:
        self.request = request
        self.values = values
        self.instances: list[API | None] = [None] * depth

    def failed(self, error: BaseException) -> None:
        """Called with each exception that a handler may answer, before it is asked."""


class PassageInTransaction(Passage):
    """One whose work is undone by an exception, handled or not (DATABASE-10)."""

    __slots__ = ("transaction",)

    def __init__(self, request: Request, values: Mapping[str, str], depth: int, transaction: Transaction) -> None:
        super().__init__(request, values, depth)
        self.transaction = transaction

    def failed(self, error: BaseException) -> None:
        self.transaction.failed(error)


NOTHING: Mapping[str, Any] = {}

Way = Callable[[Passage], Coroutine[Any, Any, Any]]
"""The whole from some part on: what its inner part gives, and more."""


def drive(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a plain part of a request waited for something")


@dataclass(frozen=True)
class Maker:
    """``bind`` gives the shared parameters of a class, ``step`` its instance for a request and these."""

    bind: Bind | None
    step: Step


class Instances:
    """Makes the instances of those of the endpoint's ``classes`` that have something to run, each once a request.

    Where that fails handlers have a bare one, which knows the request, and nothing that ``__init__`` would have set; a
    shared parameter is bound as it is read.
    """

    def __init__(self, classes: Sequence[type[API]], makers: Mapping[type[API], Maker]) -> None:
        self.classes = classes
        self.makers = [makers.get(cls) for cls in classes]

    async def make(self, passage: Passage, depth: int, shared: Mapping[str, Any] | None = None) -> API:
        """The instance at a depth; its ``shared`` parameters are bound here unless they are given."""
        made = passage.instances[depth]
        if made is None:
            maker = self.makers[depth]
            assert maker is not None
            try:
                if shared is None:
                    shared = maker.bind(passage.request, passage.values) if maker.bind is not None else NOTHING
                made = passage.instances[depth] = await maker.step(passage.request, shared)
            except BaseException:
                self.make_bare(passage, depth)
                raise
        return made

    async def make_any(self, passage: Passage, depth: int) -> None:
        """See that there is an instance at a depth, a bare one where that fails."""
        try:
            await self.make(passage, depth)
        except BaseException as error:  # noqa: BLE001 - what kept it from being made is being handled
            raise_interruption(error)
            passage.failed(error)

    def make_bare(self, passage: Passage, depth: int) -> None:
        cls = self.classes[depth]
        bare = passage.instances[depth] = object.__new__(cls)
        API.__init__(bare, passage.request)


def around_endpoint(endpoint: Way, before: Sequence[Step], instances: Instances, needed: Sequence[int]) -> Way:
    """The hooks and the endpoint; the first result of a hook stands for the endpoint's.

    The instances at the depths ``needed`` are made before the endpoint runs: what is wrong with them keeps it from it.
    """

    async def call(passage: Passage) -> Any:
        for hook in before:
            result = await hook(passage)
            if result is not None:
                return result
        for depth in needed:
            await instances.make(passage, depth)
        return await endpoint(passage)

    return call


def around_result(inner: Way, shape: Shape, after: Sequence[tuple[Step, Shape]]) -> Way:
    """The Response of what is inside, through the hooks; what a hook returns is shaped as that hook says."""

    async def call(passage: Passage) -> Response:
        response = shape(await inner(passage), passage.request)
        for hook, shape_of_hook in after:
            result = await hook(passage, response)
            if result is not None:
                response = shape_of_hook(result, passage.request)
            response.check()
        return response

    return call


class Handler:
    """An ``@api.handle`` hook, made ready."""

    def __init__(self, step: Step, depth: int, exceptions: Sequence[type[BaseException]]) -> None:
        self.step = step
        self.depth = depth
        self.exceptions = exceptions

    def distance(self, error: BaseException) -> int | None:
        """How many classes lie between the exception's own and what is handled; None where it is another kind."""
        line = type(error).__mro__
        return min((line.index(each) for each in self.exceptions if each in line), default=None)


class Handlers:
    """``recover`` gives the result for an exception, or raises what no handler took."""

    def __init__(self, groups: Sequence[Sequence[Handler]], instances: Instances) -> None:
        self.groups = groups
        self.instances = instances

    async def recover(self, passage: Passage, raised: BaseException) -> Any:
        error = caught(raised)
        passage.failed(error)
        for group in self.groups:
            left = list(group)
            while left:
                distances = [
                    (distance, handler) for handler in left if (distance := handler.distance(error)) is not None
                ]
                if not distances:
                    break
                handler = min(distances, key=lambda each: each[0])[1]
                left.remove(handler)
                try:
                    await self.instances.make_any(passage, handler.depth)
                    result = await handler.step(passage, Error(error, passage.request))
                except BaseException as another:  # noqa: BLE001 - it takes the error's place
                    error = caught(another)
                    passage.failed(error)
                    continue
                if result is not None:
                    handled_already(error)
                    return result
        raise error


def caught(raised: BaseException) -> BaseException:
    """The exception that is to be handled. Raises again what the server itself has sent."""
    raise_interruption(raised)
    return http_error(raised)


def handled_already(error: BaseException) -> None:
    """An HTTP error is an answer, and no longer of use; another one is perhaps still to be reported by who took it."""
    if isinstance(error, HTTPError):
        forget(error)


def handled(inner: Way, handlers: Handlers, shape: Shape) -> Way:
    async def call(passage: Passage) -> Any:
        try:
            return await inner(passage)
        except BaseException as error:  # noqa: BLE001 - raised again where nobody takes it
            return shape(await handlers.recover(passage, error), passage.request)

    return call


# A plugin is up to three layers around what is inside. What it raises itself goes to the handlers first, as all else.


def begun(inner: Way, begin: Step, handlers: Handlers, shape: Shape) -> Way:
    """``process_request``, whose result, if there is one, stands for what is inside."""

    async def call(passage: Passage) -> Response:
        try:
            result = await begin(passage.request)
        except BaseException as error:  # noqa: BLE001 - raised again where nobody takes it
            result = await handlers.recover(passage, error)
        if result is not None:
            return shape(result, passage.request)
        response: Response = await inner(passage)
        return response

    return call


def answered(inner: Way, answer: Step, shape: Shape) -> Way:
    """``handle_error``, of what no handler took."""

    async def call(passage: Passage) -> Response:
        try:
            response: Response = await inner(passage)
        except BaseException as raised:
            error = caught(raised)
            passage.failed(error)
            result = await answer(Error(error, passage.request))
            if result is None:
                raise
            handled_already(error)
            return shape(result, passage.request)
        return response

    return call


def finished(inner: Way, finish: Step, handlers: Handlers, shape: Shape) -> Way:
    """``process_response``, of every Response: one made of a handled error, or by the plugin itself, too."""

    async def call(passage: Passage) -> Response:
        response: Response = await inner(passage)
        try:
            result = await finish(response)
            response.check()
        except BaseException as error:  # noqa: BLE001 - raised again where nobody takes it
            result = await handlers.recover(passage, error)
        return response if result is None else shape(result, passage.request)

    return call
