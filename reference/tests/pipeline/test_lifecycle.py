"""Hooks: once, in order, in every process, whoever calls."""

from __future__ import annotations

import asyncio
import decimal
import logging
import os
import subprocess
import sys
import textwrap
import threading
import time
from typing import Any

import pytest

from utilmeta.core.concurrency.portal import Portal
from utilmeta.core.concurrency.threads import run_in_thread
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.utils.exceptions import DeclarationError, HookFailed


def recording(*names: str) -> tuple[Lifecycle, list[str]]:
    life, calls = Lifecycle(), []

    def hook(text: str) -> Any:
        return lambda: calls.append(text)

    for name in names:
        life.startup.append(hook("up " + name))
        life.shutdown.append(hook("down " + name))
    return life, calls


def test_startup_runs_in_order_and_shutdown_in_reverse_once() -> None:
    life, calls = recording("a", "b")
    for _ in range(2):
        life.start()
    for _ in range(2):
        life.stop()
    assert calls == ["up a", "up b", "down b", "down a"]


def test_without_hooks_the_arithmetic_that_a_module_has_begun_is_known() -> None:
    life = Lifecycle()

    async def serve() -> None:
        decimal.getcontext().prec = 7
        await life.begin()

    asyncio.run(serve())
    assert [value.prec for _, value in life.variables if isinstance(value, decimal.Context)] == [7]


def test_each_lifespan_runs_the_hooks() -> None:
    life, calls = recording("a")

    async def serve() -> None:
        await life.begin()
        await life.astart()
        await life.end()

    for _ in range(2):
        asyncio.run(serve())
    assert calls == ["up a", "down a"] * 2


def test_lifespans_at_once_are_one() -> None:
    life, calls = recording("a")

    async def serve() -> None:
        await life.begin()
        await life.begin()
        await life.end()
        assert calls == ["up a"]
        await life.end()
        await life.end()

    asyncio.run(serve())
    assert calls == ["up a", "down a"]


def test_after_a_failed_lifespan_the_next_one_tries_again() -> None:
    life, calls = recording("a")

    def fails() -> None:
        if len(calls) == 1:
            raise KeyError("b")

    life.startup.append(fails)

    async def serve() -> None:
        with pytest.raises(HookFailed):
            await life.begin()
        with pytest.raises(HookFailed):
            await life.astart()
        await life.begin()
        await life.end()

    asyncio.run(serve())
    assert calls == ["up a", "up a", "down a"]


def test_the_threads_of_a_loop_that_is_closed_end_with_the_next_one() -> None:
    async def named() -> threading.Thread:
        return await run_in_thread(threading.current_thread)

    first = asyncio.run(named())
    asyncio.run(named())
    first.join(5)
    assert not first.is_alive()


def test_the_same_on_a_loop() -> None:
    life, calls = recording("a", "b")

    async def serve() -> None:
        for _ in range(2):
            await life.astart()
        for _ in range(2):
            await life.astop()

    asyncio.run(serve())
    assert calls == ["up a", "up b", "down b", "down a"]


def test_shutdown_without_startup_runs_nothing() -> None:
    life, calls = recording("a")
    life.stop()
    asyncio.run(life.astop())
    assert calls == []


def test_async_hooks_run_on_the_loop_and_plain_ones_off_it() -> None:
    life, where = Lifecycle(), {}

    async def on_loop() -> None:
        where["async"] = asyncio.get_running_loop()

    def off_loop() -> None:
        where["plain"] = threading.current_thread()

    life.startup += [on_loop, off_loop]

    async def serve() -> None:
        await life.astart()
        assert where == {"async": asyncio.get_running_loop(), "plain": where["plain"]}

    asyncio.run(serve())
    assert where["plain"] is not threading.current_thread()


def test_a_failing_startup_hook_is_named_and_nothing_runs_after_it() -> None:
    life, calls = recording("a")

    def broken() -> None:
        raise ValueError("no")

    life.startup.insert(0, broken)
    for _ in range(2):
        with pytest.raises(HookFailed, match="broken failed: ValueError: no"):
            life.start()
    with pytest.raises(HookFailed):
        asyncio.run(life.astart())
    life.stop()
    assert calls == []


@pytest.mark.parametrize("stop", [lambda life: life.stop(), lambda life: asyncio.run(life.astop())])
def test_a_failing_shutdown_hook_is_reported_and_the_others_run(
    stop: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    life, calls = recording("a")

    def broken() -> None:
        raise ValueError("no")

    life.shutdown.append(broken)
    life.start()
    with caplog.at_level(logging.ERROR, "utilmeta"):
        stop(life)
    assert calls == ["up a", "down a"]
    assert "broken failed: ValueError: no" in caplog.text
    assert "broken failed" in capsys.readouterr().err


def test_threads_that_ask_at_once_wait_for_the_one_start() -> None:
    life, calls = recording()
    life.startup.append(lambda: (time.sleep(0.1), calls.append("up")))

    def ask() -> None:
        life.start()
        calls.append("served")

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == ["up"] + ["served"] * 5


def test_requests_that_ask_at_once_on_a_loop_wait_for_the_one_start() -> None:
    life, calls = recording()

    async def slow() -> None:
        await asyncio.sleep(0.02)
        calls.append("up")

    life.startup.append(slow)

    async def ask() -> None:
        await life.astart()
        calls.append("served")

    async def serve() -> None:
        first = asyncio.ensure_future(ask())
        await asyncio.sleep(0)
        first.cancel()  # who started it leaves; the others wait on
        await asyncio.gather(*(ask() for _ in range(5)))

    asyncio.run(serve())
    assert calls == ["up"] + ["served"] * 5


def test_who_has_started_and_was_never_stopped_stops_at_the_interpreters_exit() -> None:
    script = """
        import asyncio
        from utilmeta.core.pipeline.lifecycle import Lifecycle

        life = Lifecycle()

        async def awaited():
            await asyncio.sleep(0)
            print("awaited")

        life.shutdown += [awaited, lambda: print("plain")] if {loop} else [lambda: print("plain")]
        asyncio.run(life.astart()) if {loop} else life.start()
        """
    for loop, expected in ((False, "plain\n"), (True, "plain\nawaited\n")):
        command = [sys.executable, "-c", textwrap.dedent(script.format(loop=loop))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == (expected, "")


def test_a_coroutine_that_a_plain_hook_of_a_synchronous_service_returns_is_an_error() -> None:
    life = Lifecycle()
    life.startup.append(lambda: asyncio.sleep(0))
    with pytest.raises(HookFailed, match="returned a coroutine in a synchronous service"):
        life.start()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_starts_anew() -> None:
    script = """
        import os
        from utilmeta.core.pipeline.lifecycle import Lifecycle

        life, calls = Lifecycle(), []
        life.startup.append(lambda: calls.append("up"))
        life.start()
        child = os.fork()
        life.start()
        if not child:
            os._exit(len(calls))
        print(len(calls), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("1 2\n", "")


@pytest.mark.parametrize("kind", ["startup", "shutdown"])
def test_an_async_hook_of_a_synchronous_service_is_refused_with_the_cure(kind: str) -> None:
    life = Lifecycle()

    async def prepare() -> None: ...

    getattr(life, kind).append(prepare)
    life.check(asynchronous=True)
    with pytest.raises(DeclarationError, match=r"prepare.*asynchronous=True"):
        life.check(asynchronous=False)


def test_without_a_loop_of_the_servers_coroutines_share_one_of_their_own() -> None:
    life, portal = Lifecycle(), Portal()
    life.settle = portal.settle
    loops = []

    async def prepare() -> None:
        loops.append(asyncio.get_running_loop())

    async def endpoint() -> Any:
        return asyncio.get_running_loop()

    life.startup.append(prepare)
    life.start()
    assert portal.settle(endpoint()) is loops[0]
