"""Context variables that pass from one part of a service to the others (ASYNC-8)."""

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
    """Set in this context each variable that ``context`` has another value of.

    What a plain function sets in its thread is so seen by the functions that run after it.
    """
    for variable, value in context.items():
        if variable.get(context) is not value:
            variable.set(value)


def set_since(before: Context) -> Variables:
    """Return the variables, with their values, that were set in this context since ``before`` was copied.

    A decimal context is always among them, since decimal arithmetic is configured by changing it in place.
    """
    return tuple(
        (variable, value)
        for variable, value in copy_context().items()
        if before.get(variable, UNSET) is not value or isinstance(value, DecimalContext)
    )


def inherit(variables: Variables) -> None:
    """Set those of ``variables`` that are not set in this context.

    A decimal context is copied, since it is changed in place.
    """
    for variable, value in variables:
        found = variable.get(UNSET)
        if isinstance(value, DecimalContext):
            if found is UNSET or found is value:
                variable.set(value.copy())
        elif found is UNSET:
            variable.set(value)


@coroutine
def in_own_context(inner: Coroutine[Any, Any, Result]) -> Generator[Any, Any, Result]:
    """Await a coroutine in a copy of this context, within the task that awaits this one.

    What it sets is not seen by what the server does afterwards in the same task: uvicorn starts the next request of a
    connection there.
    """
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
