"""What a chain keeps for one request: its path values and the instances of API classes, each made once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.api.declaration import API
from utilmeta.core.errors.interruption import raise_interruption
from utilmeta.core.orm.transactions import Transaction
from utilmeta.core.request.parameters.binding import Bind
from utilmeta.core.request.request import Request

AsyncFunction = Callable[..., Awaitable[Any]]
"""A function of the service, or a plain one made awaitable (chain_compiler.py)."""

NOTHING: Mapping[str, Any] = {}
UNBOUND: Mapping[Bind, Mapping[str, Any]] = {}


class RequestState:
    """One request in a chain. ``instances`` has one entry for each class around the endpoint, None until it is made;
    ``arguments`` are those of after hooks, by what has bound them, once they are bound."""

    __slots__ = ("arguments", "instances", "request", "values")

    def __init__(self, request: Request, values: Mapping[str, str], classes: int) -> None:
        self.request = request
        self.values = values
        self.instances: list[API | None] = [None] * classes
        self.arguments: Mapping[Bind, Mapping[str, Any]] = UNBOUND

    def on_error(self, error: BaseException) -> None:
        """Called with each exception before handlers are asked for its answer."""


class TransactionState(RequestState):
    """A request in a transaction, which each exception rolls back, whether it is handled or not (DATABASE-10)."""

    __slots__ = ("transaction",)

    def __init__(self, request: Request, values: Mapping[str, str], classes: int, transaction: Transaction) -> None:
        super().__init__(request, values, classes)
        self.transaction = transaction

    def on_error(self, error: BaseException) -> None:
        self.transaction.failed(error)


@dataclass(frozen=True)
class InstanceMaker:
    """Makes instances of one API class: ``bind`` gives the class's shared parameters, None where it has none, and
    ``make`` the instance for a request and these. ``response`` is the one that a class around gives (RESPONSE-3b)."""

    bind: Bind | None
    make: AsyncFunction
    response: Any


class Instances:
    """Makes the instances of an endpoint's classes, each once a request; only those that have a maker are asked for.

    A class is named by its depth, its index in ``classes``: 0 is the root API, the last is the endpoint's own. Where an
    instance cannot be made, handlers get a bare one: it knows the request, ``__init__`` has set nothing on it, and
    shared parameters are bound when they are read.
    """

    def __init__(self, classes: Sequence[type[API]], makers: Mapping[type[API], InstanceMaker]) -> None:
        self.classes = classes
        self.makers = [makers.get(cls) for cls in classes]

    async def make(self, state: RequestState, depth: int, shared: Mapping[str, Any] | None = None) -> API:
        """The instance at a depth; its ``shared`` parameters are bound here unless they are given."""
        made = state.instances[depth]
        if made is None:
            maker = self.makers[depth]
            assert maker is not None
            try:
                if shared is None:
                    shared = maker.bind(state.request, state.values) if maker.bind is not None else NOTHING
                made = state.instances[depth] = await maker.make(state.request, shared)
            except BaseException:
                self.make_bare(state, depth)
                raise
        return made

    async def make_for_handler(self, state: RequestState, depth: int) -> None:
        """Make sure that there is an instance at a depth, a bare one where making it fails."""
        try:
            await self.make(state, depth)
        except BaseException as error:  # noqa: BLE001 - the handler is about to answer an earlier exception
            raise_interruption(error)
            state.on_error(error)

    def make_bare(self, state: RequestState, depth: int) -> None:
        """Make the instance at a depth without its class's ``__init__``."""
        cls = self.classes[depth]
        bare = state.instances[depth] = object.__new__(cls)
        API.__init__(bare, state.request)
        maker = self.makers[depth]
        if maker is not None and maker.response is not None:
            vars(bare)["response"] = maker.response
