"""HOOK: `on_startup` and `on_shutdown`, on the lives of conftest.py."""

from __future__ import annotations

import pytest

from conformance.check import must
from conformance.checks.life import Life
from conformance.target import Target
from conformance.variant import Start

STARTUP = ["startup-1 begins", "startup-1", "startup-2"]
SHUTDOWN = ["shutdown-2", "shutdown-1"]


@pytest.fixture
def life(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives in which no hook fails, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


HEALTHY = pytest.mark.parametrize(
    "life",
    ["ended_at_once", "interrupted_at_once", "in_development"],
    indirect=True,
    ids=["SIGTERM at once", "SIGINT at once", "SIGINT later"],
)


@must("HOOK-1", start=Start.SCRIPT)
def test_no_request_is_answered_while_a_startup_hook_runs(ended_at_once: Life) -> None:
    assert ended_at_once.names()[:1] == ["startup-1 begins"], ended_at_once.output
    assert "held" not in ended_at_once.answers, str(ended_at_once.answers["held"])


@must("HOOK-1", start=Start.SCRIPT)
@HEALTHY
def test_no_request_reaches_an_endpoint_before_the_startup_hooks_have_finished(life: Life) -> None:
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
    serving = life.loops("request")
    assert None not in serving
    assert len(serving) == 1
    assert life.loops("startup") == life.loops("shutdown") == serving


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
    assert failing_to_start.exit_status not in (0, None), failing_to_start.output
    assert failing_to_start.answers == {}
    assert failing_to_start.names("request") == []


@must("HOOK-7a", start=Start.SCRIPT)
def test_a_failing_startup_hook_is_named(failing_to_start: Life) -> None:
    assert "refuse_to_start" in failing_to_start.output
    assert f"cannot start {failing_to_start.nonce}" in failing_to_start.output, failing_to_start.output


@must("HOOK-7b", start=Start.SCRIPT)
def test_a_failing_shutdown_hook_keeps_no_other_from_running(in_production: Life) -> None:
    assert in_production.names()[-3:] == ["shutdown-2", "refuse_to_stop", "shutdown-1"], in_production.output


@must("HOOK-7b", start=Start.SCRIPT)
def test_a_failing_shutdown_hook_is_reported(in_production: Life) -> None:
    assert "refuse_to_stop" in in_production.output
    assert f"cannot stop {in_production.nonce}" in in_production.output, in_production.output


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
