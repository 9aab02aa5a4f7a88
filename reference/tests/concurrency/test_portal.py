"""The loop of servers without one: on a thread of its own, for every caller, gevent's greenlets among them."""

from __future__ import annotations

import asyncio
import contextvars
import errno
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from utilmeta.core.concurrency.portal import Portal


async def place(seconds: float = 0) -> tuple[int, asyncio.AbstractEventLoop]:
    await asyncio.sleep(seconds)
    return threading.get_ident(), asyncio.get_running_loop()


def test_all_callers_share_one_loop_on_one_other_thread_and_do_not_wait_for_each_other() -> None:
    portal = Portal()
    with ThreadPoolExecutor(5) as pool:
        places = set(pool.map(lambda _: portal.settle(place(0.05)), range(5)))
    assert len(places) == 1
    assert places.pop()[0] != threading.get_ident()


def test_what_is_raised_there_is_raised_here_and_the_context_is_the_callers() -> None:
    portal, word = Portal(), contextvars.ContextVar("word", default="none")
    word.set("mine")

    async def read() -> str:
        return word.get()

    async def broken() -> None:
        raise LookupError("no")

    assert portal.settle(read()) == "mine"
    with pytest.raises(LookupError, match="no"):
        portal.settle(broken())


def test_where_there_is_no_descriptor_for_a_loop_the_caller_is_told_and_the_next_one_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def exhausted() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    portal = Portal()
    with monkeypatch.context() as patched:
        patched.setattr(asyncio, "new_event_loop", exhausted)
        with ThreadPoolExecutor(1) as pool, pytest.raises(OSError, match="Too many open files"):
            pool.submit(portal.running).result(timeout=10)
    assert portal.settle(place())[1] is portal.running()


def test_under_gevent_the_loop_has_a_real_thread_and_who_waits_lets_other_greenlets_run() -> None:
    pytest.importorskip("gevent")
    script = """
        from gevent import monkey
        monkey.patch_all()
        import asyncio, threading, gevent
        from utilmeta.core.concurrency.portal import Portal

        portal, seen = Portal(), []

        async def awaited(word):
            await asyncio.sleep(0.05)
            return word, threading.get_native_id()

        def tick():
            while len(seen) < 3:
                gevent.sleep(0.01)
                seen.append("tick")

        waiting = [gevent.spawn(portal.settle, awaited(word)) for word in "abc"]
        ticking = gevent.spawn(tick)
        gevent.joinall(waiting, timeout=10)
        assert len(seen) == 3, seen
        assert [greenlet.value[0] for greenlet in waiting] == ["a", "b", "c"]
        assert {greenlet.value[1] for greenlet in waiting}.isdisjoint({threading.get_native_id()})
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0, done.stderr
