"""Context variables: a coroutine in a context of its own, and what a request begins with."""

from __future__ import annotations

import asyncio
import decimal
from contextvars import Context, ContextVar, copy_context

import pytest

from utilmeta.core.concurrency.context import Variables, in_own_context, inherit, set_since

word: ContextVar[str | None] = ContextVar("word")
other: ContextVar[str] = ContextVar("other", default="unset")


async def setting(text: str, pauses: int) -> str | None:
    """Set it, and give what was set before."""
    before = word.get("none")
    word.set(text)
    for _ in range(pauses):
        await asyncio.sleep(0)
        assert word.get() == text
    return before


@pytest.mark.parametrize("pauses", [0, 1, 3])
def test_what_a_coroutine_sets_stays_in_its_own_context(pauses: int) -> None:
    async def main() -> None:
        word.set("outside")
        assert await in_own_context(setting("inside", pauses)) == "outside"
        assert word.get() == "outside"

    Context().run(asyncio.run, main())


def test_it_runs_in_the_task_that_awaits_it() -> None:
    async def task() -> object:
        await asyncio.sleep(0)
        return asyncio.current_task()

    async def main() -> None:
        assert await in_own_context(task()) is asyncio.current_task()

    asyncio.run(main())


def test_a_cancellation_reaches_it_and_what_it_raises_comes_back() -> None:
    async def stubborn() -> str:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            raise KeyError("cancelled") from None
        return "in time"

    async def main() -> None:
        task = asyncio.ensure_future(in_own_context(stubborn()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(KeyError, match="cancelled"):
            await task

    asyncio.run(main())


def test_one_that_is_given_up_is_closed() -> None:
    ended = []

    async def waiting() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            ended.append("closed")

    generator = in_own_context(waiting())
    generator.send(None)
    generator.close()
    assert ended == ["closed"]


def test_what_was_set_is_known_by_its_values_false_ones_too() -> None:
    def hooks() -> list[tuple[str, object]]:
        other.set("before")
        before = copy_context()
        word.set(None)
        return [(variable.name, value) for variable, value in set_since(before)]

    assert Context().run(hooks) == [("word", None)]


def test_what_is_set_already_is_not_inherited() -> None:
    def request() -> tuple[str | None, str]:
        word.set(None)
        inherit(((word, "of the hook"), (other, "of the hook")))
        return word.get(), other.get()

    assert Context().run(request) == (None, "of the hook")


def test_the_arithmetic_of_decimals_is_inherited_as_a_copy() -> None:
    def hooks() -> None:
        decimal.getcontext().prec = 7

    def started() -> object:
        before = copy_context()
        hooks()
        return set_since(before)

    variables = Context().run(started)

    def request() -> int:
        inherit(variables)  # type: ignore[arg-type]
        found = decimal.getcontext().prec
        decimal.getcontext().prec = 3
        return found

    assert [Context().run(request) for _ in range(2)] == [7, 7]


def test_the_arithmetic_of_decimals_that_a_module_has_begun_is_inherited_as_a_copy() -> None:
    def request(variables: Variables) -> int:
        inherit(variables)
        found = decimal.getcontext().prec
        decimal.getcontext().prec = 3
        return found

    def served() -> list[int]:
        decimal.getcontext().prec = 5
        before = copy_context()
        decimal.getcontext().prec = 7
        variables = set_since(before)
        return [copy_context().run(request, variables) for _ in range(2)] + [Context().run(request, variables)]

    assert Context().run(served) == [7, 7, 7]


def test_the_arithmetic_of_decimals_that_is_set_already_is_not_inherited() -> None:
    def request() -> int:
        decimal.setcontext(decimal.Context(prec=5))
        variable = next(variable for variable in copy_context() if variable.name == "decimal_context")
        inherit(((variable, decimal.Context(prec=7)),))
        return decimal.getcontext().prec

    assert Context().run(request) == 5
