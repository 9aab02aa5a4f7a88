"""ASYNC: the context variables of a request, and one whose client has left (async_contexts.py)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from conformance.checks.random_values import word
from conformance.checks.result import result
from conformance.checks.script_run import SWAPS, Life
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

PRECISION = 17  # of decimal numbers, in the scenario
NOTICED_SECONDS = 0.03  # for a server to see that a client has left, which has nothing else to do


@pytest.fixture
def contexts(target: Target) -> Service:
    return target.shared("async_contexts")


def kinds(variant: Variant) -> tuple[str, ...]:
    """Where the endpoints are, of each kind that the mode has."""
    return ("plain", "awaited") if variant.asynchronous else ("plain",)


def told(service: Service, about: str) -> Any:
    """What the parts of the request with that word have told so far."""
    return result(service.get(f"/api/told?word={about}"))["told"]


def expect(answer: Exchange, path: str) -> None:
    """Each of these endpoints ends in its own way, after it has set the variable."""
    status = {"fails": 500, "late": 503}.get(path.rpartition("/")[2], 200)
    assert answer.status == status, str(answer)


def setting(variant: Variant) -> list[str]:
    """The paths of endpoints that set the variable."""
    ends = [f"{kind}/{end}" for kind in kinds(variant) for end in ("sets", "fails", "late")]
    return [*ends, "parts/parts", "parts/plain", "parts/handled"]


@must("ASYNC-8a", kills=("async_context_of_the_connection", "async_context_of_the_thread"))
def test_a_request_does_not_find_what_an_earlier_one_on_its_connection_has_set(
    contexts: Service, variant: Variant
) -> None:
    for path in setting(variant):
        sent, later = word(), [word() for _ in kinds(variant)]
        looks = [f"/api/{kind}/sets?word={one}" for kind, one in zip(kinds(variant), later, strict=True)]
        first, *others = contexts.get_in_turn(f"/api/{path}?word={sent}", *looks, f"/api/parts/parts?word={sent}1")
        expect(first, path)
        assert told(contexts, sent)[0][1] is None, f"{path} found what an earlier request had set"
        for look in others:
            assert result(look)["found"] in (None, f"before_2 {sent}1"), f"{path}: {look}"
        for one in (*later, f"{sent}1"):
            assert told(contexts, one)[0][1] is None, f"after {path}: {told(contexts, one)}"


@must("ASYNC-8a", kills="async_context_of_the_task")
def test_requests_sent_at_once_do_not_find_what_those_before_them_have_set(contexts: Service, variant: Variant) -> None:
    for kind in kinds(variant):
        sent = [word() for _ in range(3)]
        contexts.get_at_once(*(f"/api/{kind}/sets?word={one}" for one in sent))
        for one in sent:
            assert told(contexts, one) in ([], [["sets", None]]), f"{kind}: {told(contexts, one)}"


def swaps(life: Life, member: str) -> list[Any]:
    """What the requests found that swapped a variable, one after the other."""
    return [result(life.answers[f"swap {number}"])[member] for number in range(SWAPS)]


@must("ASYNC-8a", start=Start.SCRIPT, kills="async_context_of_the_thread")
def test_under_run_no_request_finds_what_another_has_set(in_development: Life) -> None:
    assert swaps(in_development, "found") == [None] * SWAPS


@must("ASYNC-8d", start=Start.DEPLOYED, kills="async_context_of_the_thread")
def test_under_gunicorn_no_request_finds_what_another_has_set(under_gunicorn: dict[str, Life]) -> None:
    for name, life in under_gunicorn.items():
        assert swaps(life, "found") == [None] * SWAPS, name


def found_after_each_other(names: list[str], sent: str) -> list[list[str | None]]:
    """What each of these parts tells, which finds what the one before it has set."""
    return [[name, before and f"{before} {sent}"] for before, name in zip([None, *names], names, strict=False)]


@must("ASYNC-8b", kills="async_context_of_each_part")
@pytest.mark.parametrize("endpoint", ["parts", "plain", "handled"])
def test_a_part_of_a_request_finds_what_the_parts_before_it_have_set(contexts: Service, endpoint: str) -> None:
    sent = word()
    result(contexts.get(f"/api/parts/{endpoint}?word={sent}"))
    after = ["takes"] if endpoint == "handled" else ["after_1", "after_2"]
    steps = told(contexts, sent)
    names = [name for name, _ in steps]
    assert {"process_request", "before_1", "before_2", endpoint, *after, "process_response"} <= set(names), names
    assert steps == found_after_each_other(names, sent)


@must("ASYNC-8b", kills="async_context_of_what_raises_lost")
def test_a_handler_finds_what_the_part_that_raised_has_set(contexts: Service) -> None:
    for raising in ("before_1", "before_2", "parts", "plain", "after_1", "after_2"):
        sent = f"{word()}.{raising}"
        result(contexts.get(f"/api/parts/{'plain' if raising == 'plain' else 'parts'}?word={sent}"))
        steps = told(contexts, sent)
        names = [name for name, _ in steps]
        assert [name for name in names if name in (raising, "takes")] == [raising, "takes"]
        assert steps == found_after_each_other(names, sent)


@must("ASYNC-8b", kills="async_context_of_none_lost")
@pytest.mark.parametrize("endpoint", ["nothing", "nothing_plainly"])
def test_a_part_of_a_request_finds_that_one_before_it_has_set_none(contexts: Service, endpoint: str) -> None:
    assert result(contexts.get(f"/api/parts/{endpoint}?word={word()}")) == {"found": None}


@must("ASYNC-8e", kills=("async_context_without_the_middleware", "async_context_of_hooks_over_none"))
def test_an_endpoint_finds_what_native_middleware_has_set(target: Target) -> None:
    service = target.shared("backend_injected", served=1)
    for kind in ("mode", "plain"):
        sent = word()
        for headers, value in (([("X-Word", sent)], sent), ([], None)):  # in place of what a startup hook has set
            assert result(service.get(f"/api/passed/{kind}", headers=headers)) == {"passed": value}


@must("ASYNC-8a", "ASYNC-8c", kills=("async_context_without_the_hooks", "async_context_of_decimals_shared"))
def test_every_request_finds_what_the_startup_hooks_have_set(contexts: Service, variant: Variant) -> None:
    expected = {
        "started": contexts.nonce,
        "emptied": "",
        "awaited": contexts.nonce if variant.asynchronous else None,
        "precision": PRECISION,
    }
    for kind in kinds(variant):
        changing = f"/api/{kind}/replaces?word={word()}"
        first, changed, last = contexts.get_in_turn(f"/api/{kind}/hooks", changing, f"/api/{kind}/hooks")
        assert result(changed)["precision"] == PRECISION + 1, str(changed)
        assert result(first) == expected
        assert result(last) == expected
        assert result(contexts.get(f"/api/{kind}/hooks")) == expected


@must("ASYNC-8c", start=Start.SCRIPT, kills="async_context_without_the_hooks")
def test_under_run_requests_and_shutdown_hooks_find_what_a_startup_hook_has_set(in_development: Life) -> None:
    assert swaps(in_development, "hooked") == [in_development.nonce] * SWAPS
    found = {event["event"]: event["hooked"] for event in in_development.events}
    names = ("shutdown-1", "shutdown-2", "plain shutdown")
    assert [found.get(name) for name in names] == [in_development.nonce] * len(names), in_development.output


@must("ASYNC-8d", start=Start.DEPLOYED, kills="async_context_without_the_hooks")
def test_under_gunicorn_requests_find_what_a_startup_hook_has_set(under_gunicorn: dict[str, Life]) -> None:
    for name, life in under_gunicorn.items():
        assert swaps(life, "hooked") == [life.nonce] * SWAPS, name


def left(service: Service, path: str, sent: str, gate: str) -> None:
    """Send a request that is to wait for the gate, and leave once it has begun to."""
    connection = service.leave(f"/api/{path}?word={sent}&gate={gate}")
    try:
        until(service, sent, "begins")
    finally:
        connection.close()


def until(service: Service, sent: str, last: str) -> list[Any]:
    """Wait until the request with that word has told this last, in vain if need be; all that it has told."""
    deadline = Deadline.after(ANSWER / 2)
    while True:
        found = told(service, sent)
        names = [each if isinstance(each, str) else each[0] for each in found]
        if last in names or "cancelled" in names or deadline.passed:
            return names
        time.sleep(0.005)


BEFORE = ["process_request", "before_1", "before_2"]


def whole(path: str) -> list[str]:
    """What a request there tells of itself, when all of it has run."""
    around = path.startswith("parts")
    after = [] if path.endswith("fails") else ["after_1", "after_2", "process_response"]
    return [*(BEFORE if around else []), "begins", "ends", *(after if around else [])]


@must("ASYNC-9a", kills="async_left_by_its_client")
def test_a_request_whose_client_has_left_runs_to_its_end(contexts: Service, variant: Variant) -> None:
    paths = [f"{kind}/waits" for kind in kinds(variant)] + ["parts/waits"]
    if variant.asynchronous:
        paths.append("awaited/waits_in_time")
    gate = word()
    sent = {path: word() for path in paths}
    for path in paths:
        left(contexts, path, sent[path], gate)
    time.sleep(NOTICED_SECONDS)
    (contexts.folder / gate).touch()
    for path in paths:
        expected = whole(path)
        assert until(contexts, sent[path], expected[-1]) == expected, path


@must("ASYNC-9b", kills="api_timeout_cancels_nothing")
def test_its_timeout_cancels_a_request_whose_client_has_left(contexts: Service) -> None:
    sent = word()
    left(contexts, "awaited/waits_too_long", sent, word())
    assert until(contexts, sent, "ends") == ["begins", "cancelled"]


@must("ASYNC-9b", start=Start.SCRIPT, kills=("async_left_and_not_in_flight", "async_left_plain_and_not_in_flight"))
def test_at_a_stop_a_request_whose_client_has_left_is_in_flight(with_parameters: Life, in_production: Life) -> None:
    for life, end in ((with_parameters, "left ends"), (in_production, "left plainly ends")):
        assert end in life.names(), life.output
        assert life.names().index(end) < life.names().index("shutdown-2"), life.names()


@must("ASYNC-9b", start=Start.SCRIPT, kills="async_left_for_good")
def test_after_the_graceful_timeout_a_request_whose_client_has_left_is_cut(cut_off: Life) -> None:
    assert "left begins" in cut_off.names(), cut_off.output
    assert "left ends" not in cut_off.names(), cut_off.output
    assert "shutdown-1" in cut_off.names(), cut_off.output


@must("ASYNC-9c", kills="async_left_with_an_exception_unseen")
def test_what_a_request_raises_whose_client_has_left_is_in_the_log_once(contexts: Service) -> None:
    sent, gate = word(), word()
    left(contexts, "parts/waits_and_fails", sent, gate)
    time.sleep(NOTICED_SECONDS)
    (contexts.folder / gate).touch()
    until(contexts, sent, "ends")
    deadline = Deadline.after(ANSWER / 2)
    while f"failed {sent}" not in contexts.output and not deadline.passed:
        time.sleep(0.005)
    told(contexts, sent)
    assert f"failed {sent}" in contexts.output, contexts.log_tail
    assert contexts.output.count(", in waits_and_fails") == 1, contexts.log_tail
