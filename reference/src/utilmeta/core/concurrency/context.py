"""Context variables: what one part of a service has set and others find (ASYNC-8)."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from contextvars import Context, ContextVar, copy_context
from decimal import Context as DecimalContext
from types import coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

Variables = tuple[tuple[ContextVar[Any], Any], ...]

UNSET = object()


def adopt(context: Context) -> None:
    """Set what another context has set: what a plain part leaves in a variable, the parts after it find there."""
    for variable, value in context.items():
        if variable.get(context) is not value:
            variable.set(value)


def set_since(before: Context) -> Variables:
    """The variables that have been set here since ``before`` was copied, with their values; the arithmetic of decimal
    numbers too where it was there before, of a module's own, since it is set by changing it."""
    return tuple(
        (variable, value)
        for variable, value in copy_context().items()
        if before.get(variable, UNSET) is not value or isinstance(value, DecimalContext)
    )


def inherit(variables: Variables) -> None:
    """Set those that are not set here. The arithmetic of decimal numbers is set by changing the value of its variable,
    so that one is copied."""
    for variable, value in variables:
        found = variable.get(UNSET)
        if isinstance(value, DecimalContext):
            if found is UNSET or found is value:
                variable.set(value.copy())
        elif found is UNSET:
            variable.set(value)


@coroutine
def in_own_context(inner: Coroutine[Any, Any, Result]) -> Generator[Any, Any, Result]:
    """Await a coroutine in a copy of this context, in the task that awaits this one. What it sets is not seen here, so
    not by what the server does afterwards in this task: uvicorn starts the next request of a connection there."""
    run = copy_context().run
    try:
        waiting = run(inner.send, None)
        while True:
            try:
                value = yield waiting
            except BaseException as error:  # noqa: BLE001 - whatever is thrown in here is thrown in there
                waiting = run(inner.throw, error)
            else:
                waiting = run(inner.send, value)
    except StopIteration as end:
        result: Result = end.value
        return result
