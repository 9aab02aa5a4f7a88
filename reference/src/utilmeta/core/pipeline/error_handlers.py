"""Finds the ``@api.handle`` hook that answers an exception (PLUGIN-3).

Groups are asked in order, the nearest class first. Within a group the hook whose exception type is nearest to the
raised one is asked first; of hooks equally near, the one declared first. A hook that returns None passes the exception
on; what a hook raises takes the exception's place for the hooks that were not asked yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.errors.exception_group import http_error
from utilmeta.core.errors.exception_log import forget
from utilmeta.core.errors.interruption import raise_interruption
from utilmeta.core.pipeline.request_state import AsyncFunction, Instances, RequestState
from utilmeta.core.response.error import Error
from utilmeta.utils.exceptions import HTTPError


@dataclass(frozen=True)
class ErrorHandler:
    """An ``@api.handle`` hook, called with the state and the Error; ``depth`` is that of its class (Instances)."""

    call: AsyncFunction
    depth: int
    exceptions: Sequence[type[BaseException]]

    def distance(self, error: BaseException) -> int | None:
        """How many classes lie between the exception's own and one that is handled; None for an unrelated exception."""
        line = type(error).__mro__
        return min((line.index(each) for each in self.exceptions if each in line), default=None)


class ErrorHandlers:
    """All error handlers of one endpoint, in the groups in which they are asked."""

    def __init__(self, groups: Sequence[Sequence[ErrorHandler]], instances: Instances) -> None:
        self.groups = groups
        self.instances = instances

    async def recover(self, state: RequestState, raised: BaseException) -> Any:
        """The result of the handler that answers the exception. Raises the exception where none does."""
        error = raised
        try:
            error = error_to_handle(raised)
            state.on_error(error)
            for group in self.groups:
                left = list(group)
                while left:
                    handler = nearest(left, error)
                    if handler is None:
                        break
                    left.remove(handler)
                    try:
                        await self.instances.make_for_handler(state, handler.depth)
                        result = await handler.call(state, Error(error, state.request))
                    except BaseException as another:  # noqa: BLE001 - it takes the error's place
                        error = error_to_handle(another)
                        state.on_error(error)
                        continue
                    if result is not None:
                        forget_handled(error)
                        return result
            raise error
        finally:
            del error, raised  # whose traceback may have this frame


def nearest(handlers: Sequence[ErrorHandler], error: BaseException) -> ErrorHandler | None:
    """The handler that an exception is nearest to, of several equally near the first; None where none takes it."""
    distances = [(distance, handler) for handler in handlers if (distance := handler.distance(error)) is not None]
    return min(distances, key=lambda each: each[0])[1] if distances else None


def error_to_handle(raised: BaseException) -> BaseException:
    """The exception that handlers are asked about. Raises ``raised`` again if the server itself has sent it."""
    try:
        raise_interruption(raised)
        return http_error(raised)
    finally:
        del raised  # whose traceback may have this frame


def forget_handled(error: BaseException) -> None:
    """Free the frames of a handled HTTP error (ERROR-8); other exceptions keep theirs for handlers that report them."""
    if isinstance(error, HTTPError):
        forget(error)
