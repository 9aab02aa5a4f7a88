"""HOOK: `on_startup` and `on_shutdown`, on the lives of conftest.py."""

from __future__ import annotations

import json
import signal

import pytest

from conformance.checks.conftest import WORKERS
from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.random_values import word
from conformance.checks.script_run import Life
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import seeded_random
from conformance.target.target import Target

# In the order that HOOK-6 asks for; other requirements ask that they run, once, not in which order.
STARTUP = ["startup-1 begins", "startup-1", "startup-2"]
SHUTDOWN = ["shutdown-2", "shutdown-1"]
# The handler of the user's own leaves by SystemExit(7); Sanic's tells the application to stop.
EXIT_STATUSES = FrameworkFacts(
    "exit status after the user's own signal handler", {"flask": 7, "starlette": 7, "fastapi": 7, "sanic": 0}
)


@pytest.fixture
def life(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives that a signal ends and in which no hook fails, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


HEALTHY = pytest.mark.parametrize(
    "life",
    ["ended_at_once", "interrupted_at_once", "in_development"],
    indirect=True,
    ids=["SIGTERM at once", "SIGINT at once", "SIGINT later"],
)
DOCUMENTED = pytest.mark.parametrize(
    "life", ["interrupted", "at_its_default_port"], indirect=True, ids=["SIGINT", "SIGTERM"]
)


def before_the_first_request(life: Life) -> list[str]:
    """Events that were written before that of the first request."""
    names = life.names()
    assert "request" in names, life.output
    return names[: names.index("request")]


@must("HOOK-1", start=Start.SCRIPT, kills="hook_startup_while_serving")
@DOCUMENTED
def test_a_startup_hook_is_called_before_any_request_reaches_an_endpoint(life: Life) -> None:
    assert "plain startup" in before_the_first_request(life), life.output


@must("HOOK-1b", start=Start.SCRIPT, kills="hook_startup_while_serving")
def test_no_request_is_answered_while_a_startup_hook_runs(ended_at_once: Life) -> None:
    assert "startup-1 begins" in ended_at_once.names(), ended_at_once.output
    assert "held" not in ended_at_once.answers, str(ended_at_once.answers["held"])


@must("HOOK-1b", start=Start.SCRIPT, kills="hook_startup_while_serving")
@HEALTHY
def test_all_startup_hooks_have_finished_before_any_request_reaches_an_endpoint(life: Life) -> None:
    before = before_the_first_request(life)
    assert [name for name in (*STARTUP, "plain startup") if name not in before] == [], life.output


@must("HOOK-1b", start=Start.SCRIPT, kills="hook_startup_again_at_first_request")
@HEALTHY
def test_startup_hooks_run_once_in_the_process_that_serves(life: Life) -> None:
    assert sorted(life.names("startup")) == sorted(STARTUP), life.output
    assert life.pids("startup") == life.pids("request")


@must("HOOK-2", start=Start.SCRIPT, kills="async_hook_not_awaited")
def test_an_async_startup_hook_has_been_awaited_before_any_request_reaches_an_endpoint(interrupted: Life) -> None:
    assert "startup-1" in before_the_first_request(interrupted), interrupted.output


@must("HOOK-2b", start=Start.SCRIPT, kills="hook_awaited_on_a_loop_of_its_own")
@HEALTHY
def test_an_async_hook_is_awaited_on_the_loop_that_serves(life: Life) -> None:
    serving = life.loops("request")
    assert None not in serving
    assert len(serving) == 1
    assert life.loops("startup") == serving
    assert life.loops("shutdown") == serving


@must("HOOK-3", start=Start.SCRIPT, kills=("hook_shutdown_never", "hook_shutdown_at_an_interrupt_alone"))
@DOCUMENTED
def test_a_shutdown_hook_is_called_before_the_process_ends(life: Life) -> None:
    assert "plain shutdown" in life.names(), life.output


@must("HOOK-3b", start=Start.SCRIPT, kills=("canary", "hook_shutdown_twice"))
@HEALTHY
def test_shutdown_hooks_run_once_in_the_process_that_served(life: Life) -> None:
    assert sorted(life.names("shutdown")) == sorted(SHUTDOWN), life.output
    assert life.pids("shutdown") == life.pids("request")


@must("HOOK-3c", start=Start.SCRIPT, kills="hook_signal_ends_the_process")
@HEALTHY
def test_a_signal_ends_the_service_with_exit_status_0(life: Life) -> None:
    assert life.exit_status == 0, life.output


@must("HOOK-4", start=Start.DEPLOYED, kills=("hook_under_run_alone", "hook_of_the_first_request_alone"))
def test_under_gunicorn_startup_hooks_run_once_in_each_worker_before_its_first_endpoint(
    under_gunicorn: dict[str, Life],
) -> None:
    for name, life in under_gunicorn.items():
        serving = life.pids("request")
        assert serving != set(), f"{name}: {life.output}"
        for pid in life.pids():
            startup = [event for event in life.of(pid) if event.startswith("startup")]
            assert sorted(startup) == sorted(STARTUP), f"{name}: {life.events}"
        for pid in serving:
            first = life.of(pid)[: life.of(pid).index("request")]
            assert [event for event in STARTUP if event not in first] == [], f"{name}: {life.events}"


@must("HOOK-4", start=Start.DEPLOYED, kills=("canary", "hook_under_run_alone"))
def test_under_gunicorn_shutdown_hooks_run_once_in_each_worker_that_started(under_gunicorn: dict[str, Life]) -> None:
    for name, life in under_gunicorn.items():
        assert life.pids("startup") == life.pids(), f"{name}: {life.events}"
        for pid in life.pids("startup"):
            shutdown = [event for event in life.of(pid) if event.startswith("shutdown")]
            assert sorted(shutdown) == sorted(SHUTDOWN), f"{name}: {life.events}"


@must("HOOK-4", start=Start.DEPLOYED, kills="hook_startup_at_load")
def test_under_gunicorn_hooks_run_in_the_workers_alone(under_gunicorn: dict[str, Life]) -> None:
    for name, life in under_gunicorn.items():
        assert life.pids() != set(), f"{name}: {life.output}"
        assert life.pid not in life.pids(), f"{name}: {life.events}"
        assert len(life.pids()) <= WORKERS, f"{name}: {life.events}"


@pytest.fixture
def own(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives in which the user runs the application, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


OWN = pytest.mark.parametrize(
    "own",
    ["run_by_itself", "run_by_itself_with_a_handler"],
    indirect=True,
    ids=["no handler", "a handler of their own"],
)


@must("HOOK-5", start=Start.SCRIPT, kills=("hook_under_run_alone", "hook_of_the_first_request_alone"))
@OWN
def test_startup_hooks_run_before_any_endpoint_when_the_user_runs_the_application(own: Life) -> None:
    assert sorted(own.names("startup")) == sorted(STARTUP), own.output
    before = before_the_first_request(own)
    assert [name for name in STARTUP if name not in before] == [], own.output
    assert own.pids("startup") == own.pids("request")


@must("HOOK-5", start=Start.SCRIPT, kills="hook_under_run_alone")
@OWN
def test_shutdown_hooks_run_once_at_sigterm_when_the_user_runs_the_application(own: Life) -> None:
    assert sorted(own.names("shutdown")) == sorted(SHUTDOWN), own.output
    assert own.pids("shutdown") == own.pids("request")


@must("HOOK-5", start=Start.SCRIPT, kills="hook_stopped_by_its_user_with_143")
def test_the_signal_ends_an_application_that_the_user_runs(run_by_itself: Life) -> None:
    # Which of the two is the framework's affair: uvicorn.run() raises the signal anew when it is done.
    assert run_by_itself.exit_status in (0, -signal.SIGTERM), run_by_itself.output


@must("HOOK-5", start=Start.SCRIPT, kills="hook_users_handler_replaced")
def test_a_signal_handler_that_the_user_has_set_still_runs(
    run_by_itself_with_a_handler: Life, variant: Variant
) -> None:
    assert run_by_itself_with_a_handler.names("own") == ["own handler"], run_by_itself_with_a_handler.output
    expected = EXIT_STATUSES.of(variant)
    assert run_by_itself_with_a_handler.exit_status == expected, run_by_itself_with_a_handler.output


@must("HOOK-5", start=Start.SCRIPT, kills="hook_users_handler_replaced")
def test_a_signal_handler_that_the_user_has_set_is_not_replaced(
    run_by_itself_with_a_handler: Life, variant: Variant
) -> None:
    answer = run_by_itself_with_a_handler.answers["/api/handler"]
    assert answer.status == 200, str(answer)
    # While it serves, uvicorn.run() has its own in their place; it puts them back. Names backends, as its text is what
    # ledgers hold.
    assert answer.json() == {"own": variant.backend in ("flask", "sanic")}, str(answer)


@must("HOOK-9", start=Start.SCRIPT, kills="hook_shutdown_with_requests_in_flight")
def test_a_request_in_flight_is_answered_before_the_shutdown_hooks_run(
    with_parameters: Life, in_production: Life, variant: Variant
) -> None:
    for life in (with_parameters,) if variant.asynchronous else (with_parameters, in_production):
        assert "/api/slow" in life.answers, life.output
        assert life.answers["/api/slow"].text == life.nonce
        names = life.names()
        assert [name for name in ("slow ends", *SHUTDOWN) if name not in names] == [], life.output
        assert names.index("slow ends") < min(map(names.index, SHUTDOWN)), names


@must("HOOK-9", start=Start.SCRIPT, kills=("hook_graceful_timeout_ignored", "hook_cut_without_shutdown_hooks"))
def test_after_the_graceful_timeout_a_request_is_cut_and_the_hooks_run(cut_off: Life) -> None:
    assert "slow begins" in cut_off.names(), cut_off.output
    answer = cut_off.answers.get("/api/slow")
    assert answer is None or answer.status >= 500, str(answer)
    assert "slow ends" not in cut_off.names(), cut_off.output
    assert sorted(cut_off.names("shutdown")) == sorted(SHUTDOWN), cut_off.output


@must("HOOK-6", start=Start.SCRIPT, kills="hook_shutdown_as_registered")
@HEALTHY
def test_startup_hooks_run_as_registered_and_shutdown_hooks_in_reverse(life: Life) -> None:
    assert life.names("startup") == STARTUP, life.output
    assert life.names("shutdown") == SHUTDOWN, life.output


@must("HOOK-7a", start=Start.SCRIPT, kills="hook_failing_startup_reported_alone")
def test_a_failing_startup_hook_ends_the_service_before_any_answer(failing_to_start: Life) -> None:
    assert "refuse_to_start" in failing_to_start.names()
    assert failing_to_start.exit_status not in (0, None), failing_to_start.output
    assert failing_to_start.answers == {}
    assert failing_to_start.names("request") == []


@must("HOOK-7a", start=Start.SCRIPT, kills="hook_failing_startup_unnamed")
def test_a_failing_startup_hook_is_named(failing_to_start: Life) -> None:
    assert "refuse_to_start" in failing_to_start.output


@must("HOOK-7b", start=Start.SCRIPT, kills="hook_failing_shutdown_ends_the_rest")
def test_a_failing_shutdown_hook_keeps_no_other_from_running(at_every_address: Life) -> None:
    assert "refuse_to_stop" in at_every_address.names(), at_every_address.output
    assert sorted(at_every_address.names("shutdown")) == sorted(SHUTDOWN), at_every_address.output


@must("HOOK-7b", start=Start.SCRIPT, kills="hook_failing_shutdown_ends_the_rest")
def test_a_failing_shutdown_hook_is_reported(at_every_address: Life) -> None:
    assert "refuse_to_stop" in at_every_address.output
    assert f"cannot stop {at_every_address.nonce}" in at_every_address.output, at_every_address.output


@must("HOOK-7c", start=Start.SCRIPT, kills="hook_exit_at_startup_ends_in_silence")
def test_a_startup_hook_that_exits_ends_the_service_before_any_answer_and_is_named(exiting_to_start: Life) -> None:
    assert "exit_to_start" in exiting_to_start.names(), exiting_to_start.output
    assert exiting_to_start.exit_status not in (0, None), exiting_to_start.output
    assert exiting_to_start.answers == {}
    assert exiting_to_start.names("request") == []
    assert "exit_to_start" in exiting_to_start.output, exiting_to_start.output


@must("HOOK-7d", start=Start.SCRIPT, kills="hook_exit_at_shutdown_ends_the_rest")
def test_a_shutdown_hook_that_exits_keeps_no_other_from_running_and_is_reported(at_an_ipv6_address: Life) -> None:
    life = at_an_ipv6_address
    raising = ("interrupt_to_stop", "exit_to_stop")
    assert [name for name in (*raising, *SHUTDOWN) if name not in life.names()] == [], life.output
    for said in ("exit_to_stop", "will not stop", "interrupt_to_stop", "stop that"):
        assert said in life.output, f"{said}\n{life.output}"
    assert life.exit_status == 0, f"{life.exit_status}\n{life.output}"


@must("HOOK-8", kills="hook_decorator_returns_nothing")
@pytest.mark.parametrize("hook", ["on_startup", "on_shutdown"])
def test_a_hook_decorator_returns_the_function_unchanged(target: Target, hook: str) -> None:
    returned = target.probe("application_build", "decorated", hook=hook).value
    assert returned != []
    assert returned == [True] * len(returned)


@must("HOOK-8", kills="hook_of_any_kind")
@pytest.mark.parametrize("hook", ["on_startup", "on_shutdown"])
def test_what_is_not_callable_is_no_hook(target: Target, hook: str) -> None:
    refusal = target.probe("application_build", "not_callable", hook=hook, value=seeded_random.word())
    assert "builtins.TypeError" in refusal.types


@must("HOOK-10a", kills=("hook_first_lifespan_alone", "hook_failed_lifespan_counts_as_open"))
@pytest.mark.parametrize("failing", [0, 1, 2], ids=["none failed", "one failed", "two failed"])
def test_hooks_run_in_each_lifespan(target: Target, failing: int) -> None:
    lives: list[list[str]] = [[word(), word()], [], [word()]]
    found = target.probe(
        "hook_lifespans", "lifespans", lives=[[]] * failing + lives, failing=[word() for _ in range(failing)]
    ).value
    begun, ended = "lifespan.startup.complete", "lifespan.shutdown.complete"
    expected = [[begun, *[200 for _ in words], ended] for words in lives]
    assert found["told"] == [["lifespan.startup.failed"]] * failing + expected
    calls = [call for words in lives for call in ("begin", *words, "end")]
    assert found["calls"] == ["begin"] * failing + calls


@must("HOOK-10a", kills=("hook_in_lifespans_alone", "hook_exit_at_the_end_ends_the_rest"))
def test_hooks_run_at_the_first_request_outside_of_lifespans(target: Target) -> None:
    words = [word(), word()]
    found = target.probe("hook_lifespans", "without_lifespan", words=words).value
    assert found["told"] == [200, 200]
    assert found["calls"] == ["begin", *words, "end"]


@must("HOOK-10b", kills="hook_test_client_finds_no_api")
def test_the_frameworks_test_client_reaches_the_api(target: Target) -> None:
    sent = word()
    found = target.probe("hook_lifespans", "test_client", word=sent).value
    assert found["answers"] != [], "there was no client"
    for answer in found["answers"]:
        assert answer["status"] == 200
        assert json.loads(answer["body"]) == {"word": sent}
