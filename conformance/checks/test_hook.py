"""HOOK: `on_startup` and `on_shutdown`.

The lives below, three or four launches of diary.py a variant, serve all checks that need `run()`.
"""

from __future__ import annotations

import signal
import time

import pytest

from conformance import loopback
from conformance.check import must
from conformance.checks.life import Life, written
from conformance.deadline import START, Deadline
from conformance.exchange import Exchange, exchange
from conformance.faults import ServiceDied, ServiceHung
from conformance.service import NONCE_PATH, Script
from conformance.target import Target
from conformance.variant import Start

KNOCK_SECONDS = 0.3  # long enough for an answer, were one given

STARTUP = ["startup-1 begins", "startup-1", "startup-2"]
SHUTDOWN = ["shutdown-2", "shutdown-1"]


def launch(target: Target, **settings: str) -> tuple[Script, dict[str, Exchange]]:
    """Start it, ask it while its first startup hook is held, and let the hook go; what was answered meanwhile."""
    port = loopback.free_port(target.host)
    script = target.script(
        "diary", address=(target.host, port), wait=False, host=target.host, port=port, hold="1", **settings
    )
    await_event(script, "startup-1 begins")
    answer = knock(script)
    (script.folder / "release").touch()
    return script, {} if answer is None else {"held": answer}


def await_event(script: Script, name: str) -> None:
    until = Deadline.after(START)
    while name not in script.event_names():
        if script.exited:
            raise ServiceDied(f"The script ended ({script.exit_status}) before {name!r}. Output:\n{script.output}")
        if until.passed:
            raise ServiceHung(f"No {name!r} within {START:g} s. Its output:\n{script.output}")
        time.sleep(0.01)


def knock(script: Script) -> Exchange | None:
    """One request; None when nobody answers it in a moment."""
    try:
        return exchange(script.address, "GET", NONCE_PATH, seconds=KNOCK_SECONDS)
    except (ServiceDied, ServiceHung):
        return None


@pytest.fixture(scope="session")
def ended_at_once(target: Target) -> Life:
    """SIGTERM follows the first answer at once."""
    script, answers = launch(target)
    try:
        script.answers(Deadline.after(START), NONCE_PATH)
        script.signal(signal.SIGTERM)
        script.wait()
    finally:
        script.end()
    return written(script, answers)


@pytest.fixture(scope="session")
def interrupted(target: Target) -> Life:
    """SIGINT after some requests."""
    script, answers = launch(target)
    try:
        script.answers(Deadline.after(START), NONCE_PATH)
        for _ in range(8):
            script.get(NONCE_PATH)
        script.signal(signal.SIGINT)
        script.wait()
    finally:
        script.end()
    return written(script, answers)


@pytest.fixture(scope="session")
def failing_to_start(target: Target) -> Life:
    """Its second startup hook raises."""
    script, answers = launch(target, fails="startup")
    try:
        until = Deadline.after(START)
        while not script.exited and not until.passed:
            answer = knock(script)
            if answer is not None:
                answers["after the failure"] = answer
        script.wait(seconds=0.1)
    finally:
        script.end()
    return written(script, answers)


@pytest.fixture(scope="session")
def failing_to_stop(target: Target) -> Life:
    """Its second shutdown hook raises; SIGTERM after some requests."""
    script, answers = launch(target, fails="shutdown")
    try:
        script.answers(Deadline.after(START), NONCE_PATH)
        for _ in range(8):
            script.get(NONCE_PATH)
        script.signal(signal.SIGTERM)
        script.wait()
    finally:
        script.end()
    return written(script, answers)


@pytest.fixture
def life(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives above, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


HEALTHY = pytest.mark.parametrize(
    "life", ["ended_at_once", "interrupted"], indirect=True, ids=["SIGTERM at once", "SIGINT later"]
)


@must("HOOK-1", start=Start.SCRIPT)
@HEALTHY
def test_no_request_is_answered_before_the_startup_hooks_have_finished(life: Life) -> None:
    assert "held" not in life.answers, f"answered while a startup hook was running\n{life.answers['held']}"
    names = life.names()
    assert names[: len(STARTUP)] == STARTUP, life.output
    assert "request" in names[len(STARTUP) :]


@must("HOOK-1", start=Start.SCRIPT)
@HEALTHY
def test_startup_hooks_run_once_in_the_process_that_serves(life: Life) -> None:
    assert life.names("startup") == STARTUP, life.output
    assert life.pids("startup") == life.pids("request")
    assert len(life.pids("request")) == 1


@must("HOOK-2", start=Start.SCRIPT)
@HEALTHY
def test_an_async_hook_is_awaited_on_the_loop_that_serves(life: Life) -> None:
    assert life.names("startup") == STARTUP, life.output
    assert life.names("shutdown") == SHUTDOWN, life.output
    (serving,) = life.loops("request")
    assert serving is not None
    assert life.loops("startup") == life.loops("shutdown") == {serving}


@must("HOOK-3", start=Start.SCRIPT)
@HEALTHY
def test_shutdown_hooks_run_once_in_the_process_that_served(life: Life) -> None:
    assert sorted(life.names("shutdown")) == sorted(SHUTDOWN), life.output
    assert life.pids("shutdown") == life.pids("request")
    assert life.names()[-len(SHUTDOWN) :] == life.names("shutdown")


@must("HOOK-3", start=Start.SCRIPT)
@HEALTHY
def test_a_signal_ends_the_service_with_exit_status_0(life: Life) -> None:
    assert life.exit_status == 0, life.output


@must("HOOK-6", start=Start.SCRIPT)
@HEALTHY
def test_startup_hooks_run_as_registered_and_shutdown_hooks_in_reverse(life: Life) -> None:
    assert life.names("startup") == STARTUP, life.output
    assert life.names("shutdown") == SHUTDOWN, life.output


@must("HOOK-7a", start=Start.SCRIPT)
def test_a_failing_startup_hook_ends_the_service_before_any_answer(failing_to_start: Life) -> None:
    assert "refuse_to_start" in failing_to_start.names()
    assert failing_to_start.exit_status != 0, failing_to_start.output
    assert failing_to_start.answers == {}
    assert failing_to_start.names("request") == []


@must("HOOK-7a", start=Start.SCRIPT)
def test_a_failing_startup_hook_is_named(failing_to_start: Life) -> None:
    assert "refuse_to_start" in failing_to_start.output
    assert f"cannot start {failing_to_start.nonce}" in failing_to_start.output, failing_to_start.output


@must("HOOK-7b", start=Start.SCRIPT)
def test_a_failing_shutdown_hook_keeps_no_other_from_running(failing_to_stop: Life) -> None:
    assert failing_to_stop.names()[-3:] == ["shutdown-2", "refuse_to_stop", "shutdown-1"], failing_to_stop.output


@must("HOOK-7b", start=Start.SCRIPT)
def test_a_failing_shutdown_hook_is_reported(failing_to_stop: Life) -> None:
    assert "refuse_to_stop" in failing_to_stop.output
    assert f"cannot stop {failing_to_stop.nonce}" in failing_to_stop.output, failing_to_stop.output


@must("HOOK-8")
@pytest.mark.parametrize("hook", ["on_startup", "on_shutdown"])
def test_a_hook_decorator_returns_the_function_unchanged(target: Target, hook: str) -> None:
    returned = target.probe("building", "decorated", hook=hook).value
    assert returned == [True] * len(returned)
    assert returned


@must("HOOK-8")
@pytest.mark.parametrize("hook", ["on_startup", "on_shutdown"])
def test_what_is_not_callable_is_no_hook(target: Target, hook: str) -> None:
    value = target.nonce
    refusal = target.probe("building", "not_callable", hook=hook, value=value)
    assert "builtins.TypeError" in refusal.types
    assert value in refusal.message
