"""DATABASE-10: requests in transactions (database_atomic.py), in SQLite files of which two ask for them."""

from __future__ import annotations

import time
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from conformance.checks.database_record import found
from conformance.checks.log import logged
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation.deadline import START, Deadline
from conformance.target.service import Service
from conformance.target.target import Target

PARTS = ["request", "init", "before", "endpoint", "after", "response"]
ASKED = {"default": True, "other": True, "free": False}


@pytest.fixture
def atomic(target: Target) -> Service:
    return target.shared("database_atomic", served="service")


@pytest.fixture
def project(target: Target) -> Service:
    return target.shared("database_atomic", served="project")


def notes(service: Service, sent: str) -> dict[str, list[str]]:
    """What is kept in each database of what began so, without that beginning."""
    told = {alias: found(service.get(f"/api/notes/{alias}/{sent}"))["notes"] for alias in ASKED}
    return {alias: [note.removeprefix(sent).strip() for note in kept] for alias, kept in told.items()}


def post(service: Service, path: str) -> Any:
    return found(service.post(f"/api/{path}"))


@must("DATABASE-10a", kills=("database_atomic_ignored", "database_atomic_one_alias_alone"))
def test_a_plain_endpoint_is_in_a_transaction_of_each_database_that_asks(atomic: Service) -> None:
    sent = word()
    assert post(atomic, f"result/{sent}") == ASKED
    assert notes(atomic, sent) == {alias: [""] for alias in ASKED}


@must("DATABASE-10a", kills="database_atomic_writing_methods_alone")
def test_a_get_and_a_head_are_in_a_transaction_too(atomic: Service) -> None:
    sent = word()
    assert found(atomic.get(f"/api/result/{sent}")) == ASKED
    assert atomic.request("HEAD", f"/api/result/{sent}").status == 200
    assert notes(atomic, sent) == {alias: ["", ""] for alias in ASKED}


@must("DATABASE-10a", kills="database_atomic_without_the_hooks")
def test_what_hooks_and_plugins_of_an_endpoint_do_is_in_its_transaction(atomic: Service) -> None:
    sent = word()
    assert post(atomic, f"hooked/endpoint?word={sent}") == {"parts": "all"}
    assert found(atomic.get(f"/api/parts/{sent}")) == {part: ASKED for part in PARTS}
    assert {alias: sorted(kept) for alias, kept in notes(atomic, sent).items()} == {
        alias: sorted(PARTS) for alias in ASKED
    }


@must("DATABASE-10a", kills="database_atomic_rolls_back_a_status")
@pytest.mark.parametrize("status", [204, 404, 500])
def test_a_response_commits_whatever_its_status(atomic: Service, status: int) -> None:
    sent = word()
    assert atomic.post(f"/api/response/{status}/{sent}").status == status
    assert notes(atomic, sent) == {alias: [""] for alias in ASKED}


@must("DATABASE-10b", kills="database_atomic_commits_errors")
@pytest.mark.parametrize(("kind", "status"), [("an%20error", 500), ("an%20HTTP%20error", 409)])
def test_what_an_endpoint_raises_rolls_back(atomic: Service, kind: str, status: int) -> None:
    sent = word()
    assert atomic.post(f"/api/raises/{kind}/{sent}").status == status
    assert notes(atomic, sent) == {"default": [], "other": [], "free": [""]}


@must(
    "DATABASE-10b",
    kills=("database_atomic_commits_what_is_not_sent", "database_atomic_commits_errors_that_are_not_sent"),
)
def test_a_result_that_cannot_be_sent_rolls_back(atomic: Service) -> None:
    for kind in ("a result", "a Response", "a template", "an error", "an error in a template"):
        sent = word()
        status = atomic.post(f"/api/unsendable/{quote(kind)}/{sent}").status
        if (kind, status) == ("an error", 409):
            continue  # it is sent: the body of errors does not hold their message (ERROR-2)
        assert status == 500, kind
        assert notes(atomic, sent) == {"default": [], "other": [], "free": [""]}, kind


@must("DATABASE-10b", kills="database_atomic_commits_a_head_that_is_not_sent")
@pytest.mark.parametrize("kind", ["json", "text"])
@pytest.mark.parametrize(
    ("what", "text"), [("status", "600"), ("value", "a\nb"), ("name", ""), ("content type", "a\n")]
)
def test_a_response_whose_head_cannot_be_sent_rolls_back(atomic: Service, kind: str, what: str, text: str) -> None:
    sent = word()
    query = urlencode({"what": what, "text": text.encode().hex(), "word": sent})
    assert atomic.get(f"/api/changed/{kind}?{query}").status == 500
    assert notes(atomic, sent) == {"default": [], "other": [], "free": [""]}


@must("DATABASE-10b", kills="database_atomic_commits_handled_errors")
@pytest.mark.parametrize("part", PARTS[1:-1])
def test_what_a_handler_answers_is_rolled_back_and_its_own_is_kept(atomic: Service, part: str) -> None:
    sent = word()
    assert post(atomic, f"hooked/endpoint?word={sent}&fails={part}") == {"handled": part}
    kept = notes(atomic, sent)
    assert kept["default"] == kept["other"] == ["handler", "response"]
    assert part in kept["free"]


@must("DATABASE-10b", kills="database_atomic_commits_what_a_plugin_answers")
@pytest.mark.parametrize(("path", "part"), [("alone", "endpoint"), ("endpoint", "endpoint"), ("endpoint", "before")])
def test_what_a_plugin_answers_is_rolled_back_and_its_own_is_kept(atomic: Service, path: str, part: str) -> None:
    sent = word()
    assert post(atomic, f"plugged/{path}?word={sent}&fails={part}") == {"handled": part}
    kept = notes(atomic, sent)
    assert kept["default"] == kept["other"] == ["plugin", "response"]
    assert part in kept["free"]


@must("DATABASE-10b", kills="database_atomic_keeps_a_failing_handler")
def test_what_a_handler_did_that_raises_is_rolled_back_too(atomic: Service) -> None:
    sent = word()
    assert post(atomic, f"hooked/endpoint?word={sent}&fails=endpoint&twice=1") == {"handled": "twice"}
    kept = notes(atomic, sent)
    assert kept["default"] == kept["other"] == ["second", "response"]
    assert "handler" in kept["free"]


@must("DATABASE-10b", kills="database_atomic_commits_before_a_plugin")
def test_what_a_plugin_raises_at_the_end_rolls_back_the_endpoint(atomic: Service) -> None:
    sent = word()
    assert post(atomic, f"hooked/endpoint?word={sent}&fails=response") == {"handled": "response"}
    kept = notes(atomic, sent)
    assert kept["default"] == kept["other"]
    assert kept["default"] in (["handler"], ["plugin"])  # whichever answers what a plugin raises
    assert "endpoint" in kept["free"]


@must("DATABASE-10c", kills="database_atomic_async_accepted")
@pytest.mark.parametrize("part", ["endpoint", "before", "after", "plugin"])
def test_an_async_def_in_a_transaction_is_refused_with_its_name(target: Target, part: str) -> None:
    name = word()
    refusal = partial(target.probe, "database_atomic_refused", "refusal", part=part, name=name)
    told = refusal(marked=["other"]).value
    assert told is not None, part
    message = told["message"]
    assert name in message
    assert (name if part == "endpoint" else "plain") in message
    assert "default" in message
    assert "non_atomic_requests" in message
    assert (
        target.probe("database_atomic_refused", "refusal", part=part, name=name, marked=list(ASKED)[:2]).value is None
    )


@must("DATABASE-10d", kills=("database_atomic_mark_ignored", "database_atomic_mark_is_of_all"))
@pytest.mark.parametrize(("path", "alias"), [("without", "default"), ("using", "other")])
def test_a_mark_excepts_a_plain_endpoint_from_one_database(atomic: Service, path: str, alias: str) -> None:
    sent = word()
    assert post(atomic, f"marked/{path}/{sent}") == {**ASKED, alias: False}
    assert notes(atomic, sent) == {alias: [""] for alias in ASKED}


@must("DATABASE-10d", kills="database_atomic_mark_ignored")
def test_what_a_marked_endpoint_raises_rolls_nothing_back(atomic: Service) -> None:
    sent = word()
    assert atomic.post(f"/api/marked/fails/{sent}").status == 409
    assert notes(atomic, sent) == {alias: [""] for alias in ASKED}


@must("DATABASE-10d", kills="database_atomic_mark_ignored")
def test_a_marked_async_def_endpoint_is_served(target: Target) -> None:
    sent = word()
    service = target.shared("database_atomic", served="marked")
    path = f"awaited/marked/{sent}" if target.variant.asynchronous else f"marked/fails/{sent}"
    assert service.post(f"/api/{path}").status == 409
    assert notes(service, sent) == {alias: [""] for alias in ASKED}


@must("DATABASE-10e", kills="database_atomic_callbacks_at_once")
def test_a_callback_runs_after_the_commit(atomic: Service) -> None:
    sent = word()
    assert post(atomic, f"callback/returns/{sent}") == {"word": sent, "called": []}
    # It is that of `default`, which is not in its transaction any more then.
    calls = found(atomic.get(f"/api/callbacks/{sent}"))["called"]
    assert [call[:2] for call in calls] == [[sent, False]]


@must("DATABASE-10e", kills="database_atomic_callbacks_at_once")
def test_no_callback_runs_after_a_rollback(atomic: Service) -> None:
    sent = word()
    assert atomic.post(f"/api/callback/raises/{sent}").status == 409
    assert found(atomic.get(f"/api/callbacks/{sent}"))["called"] == []


@must("DATABASE-10e", kills="database_atomic_failing_commit_unsaid")
def test_a_commit_that_fails_is_a_500_and_in_the_log(atomic: Service) -> None:
    sent, before = word(), len(atomic.output)
    answer = atomic.post(f"/api/uncommitted/{sent}")
    assert answer.status == 500
    assert notes(atomic, sent)["default"] == []
    assert "IntegrityError" in logged(atomic, before, "IntegrityError")


@must("DATABASE-10f", kills="database_atomic_late_work_kept")
def test_what_was_answered_too_late_is_not_kept(atomic: Service) -> None:
    sent = word()
    assert atomic.post(f"/api/late/{sent}").status == 503
    until = Deadline.after(START)
    while not post(atomic, f"ended/{sent}")["ended"]:
        assert until.left > 0, "the late thread did not end"
        time.sleep(0.02)
    assert notes(atomic, sent) == {"default": [], "other": [], "free": [""]}


OF_EACH = {"date", "x-request-id"}  # headers that differ in any two answers


@must(
    "DATABASE-10h",
    kills=("database_atomic_answers_of_no_other_type", "database_atomic_answers_with_no_headers_of_their_own"),
)
def test_an_answer_is_what_it_is_without_a_transaction(atomic: Service) -> None:
    for kind in found(atomic.get("/api/answering/kinds"))["kinds"]:
        sent = word()
        for method in ("GET", "HEAD"):
            within, without = (
                atomic.request(method, f"/api/answering/{place}/{quote(kind)}/{sent}")
                for place in ("within", "without")
            )
            assert without.status not in (404, 500), kind
            assert within.status == without.status, kind
            assert within.content_type == without.content_type, kind
            assert within.body == without.body, kind
            own, other = (
                sorted((name.lower(), value) for name, value in each.headers if name.lower() not in OF_EACH)
                for each in (within, without)
            )
            assert own == other, kind


@must("DATABASE-10g", kills="database_atomic_of_services_alone")
def test_an_api_of_a_django_project_is_in_a_transaction(project: Service) -> None:
    sent = word()
    assert post(project, f"result/{sent}one") == ASKED
    assert project.post(f"/api/raises/an%20HTTP%20error/{sent}two").status == 409
    assert notes(project, sent) == {"default": ["one"], "other": ["one"], "free": ["one", "two"]}


@must("DATABASE-10g", kills="database_atomic_for_native_views_too")
def test_a_native_view_stays_as_django_has_it(target: Target, project: Service) -> None:
    sent = word()
    answer = project.get(f"/native/{sent}one")
    assert answer.status == 200
    assert answer.text == "default,other"
    assert project.get(f"/native/{sent}two?fails=1").status == 500
    assert notes(project, sent) == {"default": ["one"], "other": ["one"], "free": ["one", "two"]}
