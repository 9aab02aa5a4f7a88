"""Requests that go on when their server has given them up: how they end, and what a stop does with them."""

from __future__ import annotations

import asyncio

import pytest

from utilmeta.core.concurrency.in_flight import InFlight


async def given_up(in_flight: InFlight, seconds: float, ended: list[str]) -> None:
    """Begin one that takes so long, and cancel who waits for it."""

    async def answer() -> str:
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        ended.append("answered")
        return "answer"

    waiting = asyncio.ensure_future(in_flight.run(answer()))
    await asyncio.sleep(0.005)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


def test_the_result_and_the_exception_are_those_of_the_coroutine() -> None:
    async def answer(pauses: int, error: Exception | None) -> str:
        for _ in range(pauses):
            await asyncio.sleep(0)
        if error is not None:
            raise error
        return "answer"

    async def main() -> None:
        in_flight = InFlight()
        for pauses in (0, 2):
            assert await in_flight.run(answer(pauses, None)) == "answer"
            with pytest.raises(KeyError, match="wrong"):
                await in_flight.run(answer(pauses, KeyError("wrong")))
        assert in_flight.waiters == {}

    asyncio.run(main())


def test_one_that_is_given_up_ends_by_itself_and_is_forgotten() -> None:
    ended: list[str] = []

    async def main() -> None:
        in_flight = InFlight()
        for _ in range(20):
            await given_up(in_flight, 0.02, ended)
        await in_flight.end(5)
        assert in_flight.waiters == {}

    asyncio.run(main())
    assert ended == ["answered"] * 20


def test_a_stop_cancels_what_takes_too_long() -> None:
    ended: list[str] = []

    async def main() -> None:
        in_flight = InFlight()
        await given_up(in_flight, 0.01, ended)
        await given_up(in_flight, 60, ended)
        await in_flight.end(0.1)
        assert ended == ["answered", "cancelled"]
        assert in_flight.waiters == {}

    asyncio.run(main())


def test_a_stop_that_has_begun_before_waits_no_longer_than_it_said() -> None:
    ended: list[str] = []

    async def main() -> None:
        in_flight = InFlight()
        in_flight.stop_within(0.02)
        await given_up(in_flight, 60, ended)
        await asyncio.wait_for(in_flight.end(60), 5)

    asyncio.run(main())
    assert ended == ["cancelled"]
