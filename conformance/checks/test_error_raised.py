"""ERROR: what is raised and is no Exception, exceptions of odd classes, groups, and what is left of them."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote

import pytest

from conformance.checks.conftest import EXITING
from conformance.checks.log import logged
from conformance.checks.random_values import chosen
from conformance.checks.raw_requests import CLOSE, raw
from conformance.checks.script_run import Life
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import seeded_random
from conformance.foundation.deadline import ANSWER, STOP, Deadline
from conformance.foundation.exceptions import ServiceDied, ServiceHung
from conformance.target.exchange import Exchange
from conformance.target.observed import plain_type
from conformance.target.service import NONCE_PATH, Service
from conformance.target.target import Target


@pytest.fixture
def raising(target: Target) -> Service:
    """The shared scenario of what may be raised, in production."""
    return target.shared("error_raised", production="1")


def path(place: str, what: str, word: str = "", *, at: str = "endpoint") -> str:
    return f"/api/{place}?at={quote(at)}&what={what}&word={word}"


# What is raised, and the class that the log names; of the last two it is PEP 479 that makes something else of them.
RAISED = {
    "exit": "SystemExit",
    "exit-0": "SystemExit",
    "exit-none": "SystemExit",
    "interrupt": "KeyboardInterrupt",
    "own": "Own",
    "generator-exit": "GeneratorExit",
    "cancelled": "CancelledError",
    "future-cancelled": "CancelledError",
    "stop": "StopIteration",
    "stop-async": "StopAsyncIteration",
}
WORDLESS = ("exit-0", "exit-none")
ENDPOINTS = ("awaited", "plain", "awaited_in_time", "plain_in_time")

# Where else it is raised: the endpoint, and the place.
PLACES = [
    *(
        (f"hooked/{endpoint}", at)
        for endpoint in ("awaited", "plain")
        for at in ("process_request", "plain process_request", "init", "before", "plain before")
    ),
    *(("hooked/awaited", at) for at in ("after", "plain after", "process_response", "plain process_response")),
    *(("hooked/lookup", at) for at in ("handler", "handle_error")),
    *((f"results/{endpoint}", "result") for endpoint in ("encoded", "plain_encoded")),
]


# Where it is raised that a handler of its class gets it.
HANDLED = ("endpoint", "init", "parameter", "before", "plain before", "after", "plain after")


@must("ERROR-5a", kills="error_exit_is_no_content")
@pytest.mark.parametrize("what", RAISED)
def test_what_an_endpoint_raises_and_is_no_exception_is_a_500(raising: Service, what: str) -> None:
    for endpoint in ENDPOINTS:
        answer = raising.get(path(f"bare/{endpoint}", what, seeded_random.word()))
        assert answer.status == 500, str(answer)
    head = raising.request("HEAD", path("bare/awaited", what))
    assert head.status == 500, str(head)


@must("ERROR-5a", kills="error_exit_is_no_content")
@pytest.mark.parametrize("what", ["exit", "cancelled"])
def test_wherever_it_is_raised_it_is_a_500(raising: Service, what: str) -> None:
    text = f"{what} {seeded_random.word()}"
    answers = [raising.get(path(place, what, seeded_random.word(), at=at)) for place, at in PLACES]
    answers += [raising.get(f"/api/{place}?text={quote(text)}") for place in ("shared/read", "results/model")]
    for answer in (*answers, raising.post("/api/results/body", json={"text": text})):
        assert answer.status == 500, str(answer)


@must("ERROR-5a", kills="error_exit_is_no_content")
def test_a_cancellation_of_the_endpoints_own_making_is_a_500(raising: Service, variant: Variant) -> None:
    asked = f"/api/own_task?word={seeded_random.word()}" if variant.mode == "async" else path("bare/plain", "cancelled")
    answer = raising.get(asked)
    assert answer.status == 500, str(answer)


@must("ERROR-5b", kills="error_exit_is_not_logged")
@pytest.mark.parametrize("what", RAISED)
def test_the_log_has_all_of_what_is_no_exception(raising: Service, what: str) -> None:
    for endpoint in ("bare/awaited", "hooked/plain"):
        before, word = len(raising.output), f"w{seeded_random.word()}"
        answer = raising.get(path(endpoint, what, word))
        assert answer.status == 500, str(answer)
        identity = answer.header("x-request-id") or ""
        assert identity != "", str(answer)
        parts = [identity, RAISED[what], "Traceback", "fail_at", *([] if what in WORDLESS else [word])]
        log = logged(raising, before, *parts)
        assert [part for part in parts if part not in log] == [], log


@must("ERROR-5b", kills=("error_exit_without_template", "error_exit_without_cors"))
@pytest.mark.parametrize("what", ["exit", "interrupt", "cancelled"])
def test_the_answer_to_what_is_no_exception_has_the_templates_form_and_the_headers_of_cors(
    raising: Service, what: str
) -> None:
    for endpoint in ENDPOINTS:
        answer = raising.get(path(f"templated/{endpoint}", what))
        assert answer.status == 500, str(answer)
        assert set(answer.members()) == {"data", "message"}, str(answer)
        origin = "https://one.example"
        answer = raising.get(path(f"crossed/{endpoint}", what), headers=[("Origin", origin)])
        assert answer.status == 500, str(answer)
        assert answer.header("access-control-allow-origin") == origin, str(answer)


@must("ERROR-5c", kills=("error_exit_is_for_no_handler", "error_exit_of_an_init_is_for_no_handler"))
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_handler_gets_it_by_its_type_or_without_types(raising: Service, endpoint: str) -> None:
    for what, handler in (("exit", "exits"), ("own", "others"), ("interrupt", "others"), ("cancelled", "others")):
        for at in HANDLED:
            word = seeded_random.word()
            asked = path(f"handled/{endpoint}", what, word, at=at)
            answer = raising.get(f"{asked}&text={what}%20{word}" if at == "parameter" else asked)
            assert answer.status == 200, f"{what} at {at}: {answer}"
            assert answer.members()["handler"] == handler, f"{what} at {at}: {answer}"


@must("ERROR-5d", kills="error_exit_told_to_the_next_request")
@pytest.mark.parametrize("what", ["exit", "exit-0", "interrupt", "cancelled", "value-error"])
def test_the_next_request_of_the_connection_is_answered_as_ever(raising: Service, what: str) -> None:
    for endpoint in ENDPOINTS:
        first, word = raw("GET", path(f"bare/{endpoint}", what)), seeded_random.word()
        answer = raising.send_until_closed(
            first + raw("GET", path("bare/plain", "none", word, at="none"), CLOSE), "GET"
        )
        assert answer.status == 500, str(answer)
        closed = answer.header("connection") == "close" or answer.received.startswith(b"HTTP/1.0")
        assert closed or word.encode() in answer.received, str(answer)
        answer = raising.get(NONCE_PATH)
        assert answer.status == 200, str(answer)
        assert answer.text == raising.nonce, str(answer)


@must(
    "ERROR-5d",
    kills=(
        "error_exit_leaves_a_thread",
        "error_hook_that_raises_keeps_its_thread",
        "error_late_part_keeps_its_thread",
    ),
)
def test_a_hundred_that_raise_leave_no_thread_and_no_task(raising: Service) -> None:
    kinds, late = [*RAISED, "value-error"], set()

    def ask(number: int) -> dict[str, int]:
        places = [(f"bare/{endpoint}", "endpoint") for endpoint in ENDPOINTS] + PLACES[number % 2 :: 2]
        for place, at in places:
            answer = raising.get(path(place, kinds[number % len(kinds)], at=at))
            assert answer.status == 500, f"{place} at {at}: {answer}"
        late.add(raising.get("/api/late/awaited").status)  # of a busy machine the timer may be late too
        counts = raising.get("/api/counts").members()
        assert {name: plain_type(count) for name, count in counts.items()} == {"threads": int, "tasks": int}, counts
        return counts

    before = [ask(number) for number in range(2)][-1]
    for number in range(2, 28):
        after = ask(number)
        assert [name for name in before if after[name] >= before[name] + 10] == [], f"{before} became {after}"
    assert 503 in late


@must("ERROR-5d", "API-7c", kills="error_late_failures_stay")
def test_after_a_hundred_that_fail_too_late_one_in_time_is_answered(raising: Service) -> None:
    end_late(raising, path("failing_late/plain", chosen([*RAISED])))


@must("API-7c", kills="api_late_returns_stay")
def test_after_a_hundred_that_return_too_late_one_in_time_is_answered(raising: Service) -> None:
    end_late(raising, path("failing_late/plain", "none", at="none"))


def end_late(service: Service, asked: str) -> None:
    """A hundred requests for a path are late, and when they have ended one in time is answered."""
    with ThreadPoolExecutor(50) as pool:
        late = list(pool.map(service.get, [f"{asked}&seconds=0.4"] * 100))
    assert {answer.status for answer in late} == {503}, str(late[0])
    until = Deadline.after(ANSWER)
    in_time = f"{path('failing_late/plain', 'none', at='none')}&seconds=0"
    while (answer := service.get(in_time)).status == 503 and not until.passed:
        continue
    assert answer.text == "in time", str(answer)


@must(
    "ERROR-5e",
    kills=(
        "error_exit_of_a_signal_handler_answered",
        "error_exit_of_a_signal_handler_of_two_arguments",
        "error_exit_of_a_signal_handler_by_a_function",
    ),
)
@pytest.mark.parametrize("handler", ["function", "of any arguments", "method", "object", "a function that it calls"])
def test_the_exit_of_a_signal_handler_is_the_servers_own_business(target: Target, handler: str) -> None:
    service = target.serve("error_raised")
    answer: Exchange | None = None
    with suppress(ServiceDied):
        answer = service.get(f"/api/signalled?handler={quote(handler)}")
    if answer is None:
        assert service.ended_within(STOP) is True, service.output
    else:  # a server's own answer to whatever leaves an application
        assert answer.status >= 500, str(answer)
        assert answer.content_type != "application/problem+json", str(answer)


@must("ERROR-5f", kills=("error_exit_of_a_task_ends_the_loop", "error_exits_of_tasks_end_the_loop"))
@pytest.mark.parametrize("case", ["exit_beside", "loop_stopped"])
def test_what_ends_the_loop_elsewhere_keeps_no_later_endpoint_from_its_answer(target: Target, case: str) -> None:
    service = target.serve("error_raised")
    for times in (1, 100):
        word, answer = seeded_random.word(), None
        with suppress(ServiceHung):  # the endpoint of the loop that is ended
            service.get(f"/api/{case}?times={times}", seconds=STOP)
        with suppress(ServiceHung):
            answer = service.get(path("bare/awaited", "none", word, at="none"), seconds=STOP)
        assert answer is not None, f"A later endpoint was not answered.\n{service.output}"
        assert answer.text == word, str(answer)


def exits_and_goes_on(life: Life) -> None:
    """Each endpoint that exits was answered 500, and the nonce after it as ever."""
    for asked in EXITING:
        answer, following = life.answers.get(asked), life.answers.get(f"after {asked}")
        assert answer is not None, life.output
        assert answer.status == 500, str(answer)
        assert following is not None, life.output
        assert following.status == 200, str(following)
        assert following.text == life.nonce, str(following)


@must("ERROR-5g", start=Start.SCRIPT, kills="error_exit_is_no_content")
def test_under_run_an_endpoint_that_exits_ends_nothing(at_an_ipv6_address: Life) -> None:
    exits_and_goes_on(at_an_ipv6_address)
    assert at_an_ipv6_address.exit_status == 0, at_an_ipv6_address.output


@must("ERROR-5h", start=Start.DEPLOYED, kills="error_exit_is_no_content")
def test_under_gunicorn_an_endpoint_that_exits_ends_nothing(under_gunicorn: dict[str, Life]) -> None:
    for name, life in under_gunicorn.items():
        exits_and_goes_on(life)
        assert life.exit_status == 0, f"{name}\n{life.output}"


@must("ERROR-5i", start=Start.SCRIPT, kills=("error_exit_is_no_content", "error_interrupt_by_a_signal_answered"))
def test_where_the_user_runs_the_application_an_endpoint_that_exits_ends_nothing(run_by_itself: Life) -> None:
    exits_and_goes_on(run_by_itself)
    # Which of the two is the framework's affair; on flask an endpoint was running in the thread that the signal found.
    assert run_by_itself.exit_status in (0, -signal.SIGTERM), run_by_itself.output
    if "slow begins" in run_by_itself.names():
        answer = run_by_itself.answers.get("/api/slow_and_plain")
        assert answer is None or answer.status == 200, str(answer)


ODD = (
    *("Textless", "TextExits", "TextIsNone", "Closed", "Opaque", "CauseFails", "CauseExits", "CauseEndless"),
    *("StatusFails", "StatusIsNone", "StatusIsHuge", "DetailFails", "DetailExits", "DetailIsAnObject"),
    *("HeadersFail", "HeadersAreTexts", "HeadersBreakOut", "ErrorsAreObjects", "its_own_cause", "long_line"),
)


@must("ERROR-6", kills="error_that_cannot_be_told_raised")
@pytest.mark.parametrize("what", ODD)
def test_an_exception_of_an_odd_class_is_a_500(raising: Service, what: str) -> None:
    word = seeded_random.word()
    for endpoint in ("odd/awaited", "odd/plain"):
        answer = raising.get(path(endpoint, what, word))
        assert answer.status == 500, str(answer)
    before = len(raising.output)
    answer = raising.get(path("odd/awaited", what, word))
    log = logged(raising, before, "in awaited")
    assert "in awaited" in log, log  # the frame that raised it
    answer = raising.get(path("oddly_templated/plain", what, word))
    assert answer.status == (400 if what == "ErrorsAreObjects" else 500), str(answer)  # a template does not have them
    assert set(answer.members()) == {"data", "message"}, str(answer)


def groups() -> dict[str, int]:
    """Groups, and the status that they are answered with."""
    one, two, three = (seeded_random.word() for _ in range(3))
    return {
        f"[NotFound.{one}]": 404,
        f"[NotFound.{one},NotFound.{two}]": 404,
        f"[NotFound.{one},[Gone.{two},[Conflict.{three}]]]": 410,
        f"[[ServiceUnavailable.{one},Conflict.{two}],ServiceUnavailable.{three}]": 503,
        f"[NotFound.{one},ValueError.{two}]": 500,
        f"[[NotFound.{one}],[ValueError.{two}]]": 500,
        "[PermissionDenied.]": 403,
    }


@must("ERROR-7", kills=("error_group_is_a_500", "error_group_is_its_first"))
def test_a_group_of_http_errors_is_the_first_of_the_highest_status(raising: Service, variant: Variant) -> None:
    known = raising.get("/api/groups/known").members()["known"]  # Python has groups
    for members, status in groups().items():
        answer = raising.get(f"/api/groups/raised?members={members}")
        assert answer.status == (status if known else 500), f"{members}: {answer}"
    word, other = seeded_random.word(), seeded_random.word()
    answer = raising.get(f"/api/groups/handled?members=[NotFound.{other},[Conflict.{word},Conflict.{other}]]")
    if known:
        assert answer.members()["type"] == "Conflict", str(answer)
        assert answer.members()["message"] == word, str(answer)
    if known and variant.asynchronous:  # a task of a TaskGroup
        answer = raising.get(f"/api/groups/tasks?word={word}")
        assert answer.status == 404, str(answer)


@must(
    "ERROR-8",
    kills=(
        "error_frames_kept",
        "error_frames_kept_of_what_a_plugin_answers",
        "error_frames_kept_of_what_is_in_a_group",
    ),
)
@pytest.mark.parametrize("what", ["http", "error"])
def test_an_exception_that_is_kept_holds_nothing_of_the_requests_that_raised_it(raising: Service, what: str) -> None:
    statuses = {"kept": (410, 500), "kept_and_handled": (200, 500), "kept_and_sent": (410, 500)}
    if what == "http":  # of another one the plugin is perhaps still to tell
        statuses["kept_and_answered"] = (200, 200)
    for place in statuses:
        for endpoint in ("awaited", "plain", "grouped"):
            for _ in range(3):
                status = statuses[place][what == "error"]
                answer = raising.get(f"/api/{place}/{endpoint}?what={what}")
                assert answer.status == status, str(answer)
            answer = raising.get(f"/api/{place}/left")
            assert answer.json() == {"things": 0}, str(answer)
