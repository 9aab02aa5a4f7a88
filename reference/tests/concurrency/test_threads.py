"""Calls that wait for a thread: in turn, no longer than their time, no more than there are places for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from utilmeta.core.concurrency import threads
from utilmeta.core.concurrency.threads import Threads, run_in_own_thread, set_max_waiting
from utilmeta.utils.exceptions import ServiceUnavailable


@pytest.fixture(autouse=True)
def places() -> Iterator[None]:
    before = threads.max_waiting
    yield
    set_max_waiting(before)


def test_calls_that_wait_run_in_turn() -> None:
    ran: list[int] = []

    async def main() -> None:
        pool, gate = Threads(1), threading.Event()
        first = pool.run(gate.wait, 5)
        others = [pool.run(ran.append, number) for number in range(3)]
        assert len(pool.waiting) == 3
        gate.set()
        await asyncio.gather(first, *others)
        assert not pool.waiting
        pool.end()

    asyncio.run(main())
    assert ran == [0, 1, 2]


def test_one_whose_time_passes_while_it_waits_never_runs() -> None:
    ran: list[str] = []

    async def main() -> None:
        pool, gate = Threads(1), threading.Event()
        first = pool.run(gate.wait, 5)
        late, patient = pool.run(ran.append, "late", seconds=0.02), pool.run(ran.append, "patient", seconds=5)
        with pytest.raises(ServiceUnavailable, match=r"within 0\.02 s"):
            await late
        assert [*pool.waiting] == [patient]
        gate.set()
        await asyncio.gather(first, patient)
        pool.end()

    asyncio.run(main())
    assert ran == ["patient"]


def test_one_that_is_cancelled_while_it_waits_gives_its_place_back() -> None:
    ran: list[str] = []

    async def main() -> None:
        pool, gate = Threads(1), threading.Event()
        first = pool.run(gate.wait, 5)
        pool.run(ran.append, "cancelled").cancel()
        await asyncio.sleep(0)
        assert not pool.waiting
        pool.run(ran.append, "cancelled at the last moment").cancel()
        gate.set()
        await first
        await pool.run(ran.append, "next")
        pool.end()

    asyncio.run(main())
    assert ran == ["next"]


def test_more_than_there_are_places_for_are_refused_at_once() -> None:
    async def main() -> None:
        set_max_waiting(2)
        pool, gate = Threads(1), threading.Event()
        calls = [pool.run(gate.wait, 5) for _ in range(3)]
        for _ in range(2):
            with pytest.raises(ServiceUnavailable, match="2 calls are waiting"):
                pool.run(gate.wait, 5)
        gate.set()
        assert await asyncio.gather(*calls) == [True] * 3
        assert await pool.run(gate.wait, 5)
        pool.end()

    asyncio.run(main())


def test_a_thread_of_its_own_waits_for_none_and_ends() -> None:
    async def main() -> None:
        set_max_waiting(0)
        thread = await run_in_own_thread(threading.current_thread)
        thread.join(5)
        assert not thread.is_alive()
        with pytest.raises(KeyError):
            await run_in_own_thread({}.__getitem__, "absent")

    asyncio.run(main())
