"""What the service's own code raises, told from what its server sends; what the log has of it, and what is let go."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import signal
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from fake import Client, FakeRequest, answer

from utilmeta.core import api
from utilmeta.core.concurrency.portal import Portal
from utilmeta.core.errors import exception_log, interruption
from utilmeta.core.pipeline import responder, timeout
from utilmeta.core.pipeline.dispatch import cancelled_apart
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.utils.exceptions import Gone, HookFailed


class Own(BaseException):
    pass


def interrupted(call: Callable[[], Any]) -> bool:
    """Whether what ``call`` raises is the server's."""
    try:
        call()
    except BaseException as error:  # noqa: BLE001 - which is what this is about
        try:
            interruption.raise_interruption(error)
        except BaseException as again:  # noqa: BLE001
            assert again is error
            return True
        return False
    raise AssertionError("nothing was raised")


def by_hand(kind: type[BaseException]) -> Callable[[], Any]:
    def call() -> None:
        raise kind

    return call


class Handler:
    def __call__(self, number: int, frame: Any) -> None:
        self.leave()

    def leave(self) -> None:
        sys.exit(3)

    def handle(self, number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    def partly(self, word: str, number: int, frame: Any) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise Own


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError, Own])
def test_what_the_users_code_raises_is_its_own(kind: type[BaseException]) -> None:
    assert not interrupted(by_hand(kind))


@pytest.mark.parametrize(
    "handler",
    [
        lambda *_: sys.exit(1),
        lambda number, frame: sys.exit(),
        Handler(),
        Handler().handle,
        functools.partial(Handler().partly, "word"),
        signal.default_int_handler,
    ],
)
def test_what_a_handler_of_a_signal_raises_is_the_servers(handler: Any) -> None:
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        assert interrupted(lambda: signal.raise_signal(signal.SIGUSR1))
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_greenlet_that_is_killed_ends() -> None:
    gevent = pytest.importorskip("gevent")
    assert interrupted(by_hand(gevent.GreenletExit))
    assert not interrupted(by_hand(gevent.Timeout))


def test_a_coroutine_that_is_closed_ends() -> None:
    seen = []

    async def closed() -> None:
        seen.append(await caught())

    async def caught() -> bool:
        try:
            await asyncio.sleep(1)
        except BaseException as error:  # noqa: BLE001
            seen.append(interrupted(by_hand(GeneratorExit)))
            interruption.raise_interruption(error)
        return False

    async def close() -> None:
        coroutine = closed()
        coroutine.send(None)
        coroutine.close()

    asyncio.run(close())
    assert seen == [False]


@pytest.fixture(params=[True, False], ids=["tasks count", "as until 3.11"])
def counts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a task knows of its cancellation by itself."""
    if request.param and not interruption.COUNTS:
        pytest.skip("it does not, before Python 3.11")
    monkeypatch.setattr(interruption, "COUNTS", request.param)
    return bool(request.param)


def test_a_request_that_is_cancelled_ends_and_one_that_awaits_what_is_is_answered(counts: bool) -> None:
    begun = asyncio.Event()

    class RootAPI(api.API):
        @api.get
        async def own(self) -> None:
            task = asyncio.ensure_future(asyncio.sleep(10))
            await asyncio.sleep(0)
            task.cancel()
            await task

        @api.get
        async def long(self) -> str:
            begun.set()
            await asyncio.sleep(10)
            return "never"

        @api.handle("*")
        async def anything(self, error: api.Error) -> str:
            return error.type.__name__

    handle = Client(RootAPI).async_handle
    made = handle if counts else cancelled_apart(handle)

    async def ask() -> None:
        assert answer(await made(FakeRequest("GET", "/own"))).text == "CancelledError"
        task = asyncio.ensure_future(made(FakeRequest("GET", "/long")))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(ask())


def test_a_call_in_time_is_cancelled_by_it_and_not_by_what_it_awaits(
    counts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def own(request: Any, values: Any) -> None:
        raise asyncio.CancelledError

    async def long(request: Any, values: Any) -> None:
        try:
            await asyncio.sleep(10)
        finally:
            sys.exit("late")

    async def call() -> None:
        request = FakeRequest("GET", "/")
        with pytest.raises(asyncio.CancelledError):
            await timeout.with_async_timeout(own, 5, "own")(request, {})
        with pytest.raises(timeout.ServiceUnavailable):
            await timeout.with_async_timeout(long, 0.01, "long")(request, {})
        while timeout.ending:
            await asyncio.sleep(0)

    asyncio.run(call())
    assert "long failed after its timeout" in caplog.text
    assert "SystemExit: late" in caplog.text


# --- the log ---


class Silent(Exception):
    def __str__(self) -> str:
        raise SystemExit("no text")


class Endless(Exception):
    @property  # type: ignore[override]
    def __cause__(self) -> BaseException:
        return Endless()

    @__cause__.setter
    def __cause__(self, value: Any) -> None:
        raise TypeError


def test_an_exception_without_a_text_is_its_class() -> None:
    assert (exception_log.title_of(Silent()), exception_log.text_of(Silent())) == ("Silent", None)
    assert exception_log.title_of(ValueError("")) == "ValueError: "


def test_of_an_exception_that_cannot_be_shown_each_class_and_frame_behind_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def first() -> None:
        raise LookupError("the first")

    try:
        try:
            first()
        except LookupError:
            raise Endless("the last")  # noqa: B904
    except Endless as error:
        error.__context__.__context__ = error  # type: ignore[union-attr]
        exception_log.log_raised(logging.getLogger("utilmeta"), "%s failed", "it", error=error)
    for part in ("it failed", "LookupError: the first", "in first", "Endless: the last"):
        assert part in caplog.text


def test_a_handler_of_the_log_that_raises_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    class Raising(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise KeyError("log")

    class RootAPI(api.API):
        @api.get
        def broken(self) -> None:
            raise ValueError("because")

    log, handler = logging.getLogger("utilmeta"), Raising()
    log.addHandler(handler)
    try:
        assert Client(RootAPI).get("/broken").status == 500
    finally:
        log.removeHandler(handler)
    assert "RootAPI.broken failed" in capsys.readouterr().err


def test_the_last_resort_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class RootAPI(api.API):
        @api.get
        def broken(self) -> None:
            raise ValueError("because")

    def fail(*_: Any) -> None:
        raise Own

    monkeypatch.setattr(responder.Responder, "respond_to_error", fail)
    found = Client(RootAPI).get("/broken")
    assert (found.status, found.json["title"]) == (500, "Internal Server Error")
    assert found.headers["Content-Length"] == str(len(found.body))
    assert Client(RootAPI)("HEAD", "/broken").body == b""


# --- what is kept ---


def test_an_exception_that_was_answered_and_those_behind_it_hold_no_frame() -> None:
    kept, behind = Gone("kept"), RuntimeError("behind")
    things: list[weakref.ref[Any]] = []

    class Thing:
        pass

    def one() -> None:
        thing = Thing()
        things.append(weakref.ref(thing))
        try:
            raise behind
        except RuntimeError:
            raise kept from LookupError(thing)

    try:
        one()
    except Gone as error:
        exception_log.forget(error)
    gc.collect()
    assert things[0]() is None
    assert (kept.__traceback__, kept.__context__, kept.__cause__, behind.__traceback__) == (None, None, None, None)


# --- the loop of servers without one ---


def test_the_portals_loop_outlives_exits_and_stops() -> None:
    portal = Portal()

    async def leave() -> None:
        sys.exit("by hand")

    async def leave_beside() -> str:
        task = asyncio.ensure_future(leave())
        await asyncio.sleep(0.01)
        return str(task.done())

    async def stop() -> str:
        asyncio.get_running_loop().stop()
        await asyncio.sleep(0.01)
        return "stopped"

    async def cancel_itself() -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await asyncio.sleep(1)

    for _ in range(2):
        with pytest.raises(SystemExit):
            portal.settle(leave())
        assert portal.settle(leave_beside()) == "True"
        assert portal.settle(stop()) == "stopped"
        with pytest.raises(asyncio.CancelledError):
            portal.settle(cancel_itself())
    assert not portal.waiting


def test_who_waits_for_a_loop_that_ends_is_told() -> None:
    portal = Portal()
    errors: list[BaseException] = []

    async def long() -> None:
        await asyncio.sleep(10)

    def wait() -> None:
        try:
            portal.settle(long())
        except RuntimeError as error:
            errors.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not portal.waiting:
        pass
    loop = portal.running()

    def broken() -> None:
        raise OSError("no selector")

    loop.call_soon_threadsafe(setattr, loop, "_run_once", broken)
    waiting.join(5)
    assert not waiting.is_alive()
    assert "has come to an end" in str(errors[0])
    late = long()
    with pytest.raises(RuntimeError):
        portal.settle(late)
    late.close()


# --- service hooks ---


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, asyncio.CancelledError, Own])
@pytest.mark.parametrize("awaited", [True, False])
def test_a_hook_that_raises_what_is_no_exception_fails_as_any(
    kind: type[BaseException], awaited: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def plain() -> None:
        raise kind("because")

    async def later() -> None:
        raise kind("because")

    hook: Any = later if awaited else plain
    calls: list[str] = []

    async def on_a_loop() -> None:
        life = Lifecycle()
        life.startup.append(hook)
        for _ in range(2):
            with pytest.raises(HookFailed, match=f"{hook.__name__} failed: {kind.__name__}: because"):
                await life.astart()
        life = Lifecycle()
        life.shutdown += [lambda: calls.append("last"), hook]
        await life.astart()
        await life.astop()

    asyncio.run(on_a_loop())
    life = Lifecycle()
    life.settle = Portal().settle
    life.startup.append(hook)
    with pytest.raises(HookFailed, match="because"):
        life.start()
    life = Lifecycle()
    life.settle = Portal().settle
    life.shutdown += [lambda: calls.append("last"), hook]
    life.start()
    life.stop()
    life = Lifecycle()
    life.shutdown += [lambda: calls.append("last"), hook]
    life.started = True
    loop = asyncio.new_event_loop()
    loop.close()
    life.finish(loop)
    assert calls == ["last"] * 3
    assert caplog.text.count("the shutdown hook") == 3
