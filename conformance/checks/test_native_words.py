"""BACKEND: the frameworks' own HTTP exceptions and response objects, from endpoints and hooks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.log import logged
from conformance.checks.random_values import chosen, word
from conformance.checks.result import result
from conformance.contract.backend import BACKENDS, Capability
from conformance.contract.check import must
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.foundation.exceptions import HarnessError
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

CLASSES = FrameworkFacts(
    "HTTP exception",
    {
        "django": "django.http.response.Http404",
        "flask": "backend_native_objects.Error",
        "starlette": "starlette.exceptions.HTTPException",
        "fastapi": "fastapi.exceptions.HTTPException",
        "sanic": "sanic.exceptions.SanicException",
        "tornado": "tornado.web.HTTPError",
    },
)
# By endpoint of the scenario.
STREAMS = FrameworkFacts(
    "response object that is a stream",
    {
        "django": {
            "stream": "django.http.response.StreamingHttpResponse",
            "stream_of_a_file": "django.http.response.FileResponse",
        },
        "flask": {"stream": "flask.wrappers.Response"},
        "starlette": {"stream": "starlette.responses.StreamingResponse"},
        "fastapi": {"stream": "starlette.responses.StreamingResponse"},
        "sanic": {"stream": "sanic.response.types.ResponseStream"},
    },
)
# Flask's, but on Flask, as the scenario has it.
FOREIGN = FrameworkFacts(
    "response object of another framework",
    {
        **dict.fromkeys(BACKENDS, "flask.wrappers.Response"),
        "flask": "starlette.responses.Response",
    },
)
STATUSES = (402, 404, 409, 422, 429, 451, 500, 502, 503)
ODD_STATUSES = (418, 499, 599)  # of which Python knows 418
OF_DJANGO = (403, 404)
REDIRECTS = (301, 302, 308)  # beside 304, whose body no client sees


@pytest.fixture
def native(target: Target) -> Service:
    return target.shared("backend_native_responses", production=1)


def detail(answer: Exchange, status: int) -> object:
    """The text that a problem of this status has for clients, None without one."""
    assert answer.status == status, str(answer)
    return answer.members().get("detail")


def detail_of_a_problem(answer: Exchange) -> object:
    """The `detail` of an error; None for one of another form, which ERROR-2a is about."""
    try:
        return answer.members().get("detail")
    except AssertionError:
        return None


def status_for(target: Target) -> int:
    """A status that the framework has an exception for."""
    statuses = STATUSES if target.variant.can(Capability.EXCEPTION_STATUSES) else OF_DJANGO
    return chosen(statuses)


@must(
    "BACKEND-10a",
    kills=(
        "backend_http_exceptions_unknown",
        "backend_http_exception_without_text",
        "backend_http_exception_of_an_odd_status_without_text",
    ),
)
def test_an_http_exception_of_the_framework_is_the_status_it_says(native: Service, target: Target) -> None:
    for status in (status_for(target), *(ODD_STATUSES if target.variant.can(Capability.EXCEPTION_STATUSES) else ())):
        sent = word()
        assert detail(native.get(f"/api/error?status={status}&word={sent}"), status) == sent
        head = native.request("HEAD", f"/api/error?status={status}&word={sent}")
        assert head.status == status


@must("BACKEND-10f", kills="backend_http_exceptions_unknown")
def test_the_headers_of_an_http_exception_are_sent(native: Service, target: Target) -> None:
    sent = word()
    assert native.get(f"/api/error?status={status_for(target)}&word={sent}").header("x-word") == sent


@must("BACKEND-10j", kills="backend_private_http_exception_in_a_group_is_a_500")
def test_a_group_of_http_exceptions_is_the_status_they_say(native: Service, target: Target) -> None:
    if not native.get("/api/grouped?kind=known&status=0&word=").members()["known"]:
        raise HarnessError("the implementation's Python has no ExceptionGroup: judge it on 3.11 or later")
    kinds = {**dict.fromkeys(BAD, 400), target.variant.backend: status_for(target)}
    if target.variant.can(Capability.EXCEPTION_LOG_MESSAGES):
        kinds[f"{target.variant.backend}_log_message"] = status_for(target)
    for kind, status in kinds.items():
        assert native.get(f"/api/grouped?kind={kind}&status={status}&word={word()}").status == status, kind


@must("BACKEND-10a", kills="backend_http_exceptions_unknown")
@pytest.mark.parametrize("at", ["init", "before", "after"])
def test_an_http_exception_around_an_endpoint_is_the_status_it_says(native: Service, target: Target, at: str) -> None:
    sent, status = word(), status_for(target)
    assert detail(native.get(f"/api/raising/error?at={at}&status={status}&word={sent}"), status) == sent


def by_a_response(native: Service) -> None:
    sent = word()
    is_sent(native.get(f"/api/ending?word={sent}"), sent)


def by_a_result(native: Service) -> None:
    sent = word()
    assert result(native.get(f"/api/ending?word={sent}")) == {"word": sent}


def as_unprocessable(native: Service) -> None:
    assert native.get("/api/unprocessable").status == 422


# The ways of a framework to end a request, beside an HTTP exception with a status.
ENDINGS: FrameworkFacts[Callable[[Service], None]] = FrameworkFacts(
    "way to end a request",
    {
        "flask": by_a_response,
        "fastapi": as_unprocessable,
        "tornado": by_a_result,
    },
)


@must("BACKEND-10h", kills="backend_http_exceptions_unknown")
def test_what_the_framework_ends_a_request_with_is_the_answer(native: Service, target: Target) -> None:
    ENDINGS.of(target.variant)(native)


@must("BACKEND-10g", kills="backend_http_exception_repeats_its_status")
def test_a_text_that_repeats_the_status_of_an_http_exception_is_none(native: Service) -> None:
    status = chosen(STATUSES[:2])
    answer = native.get(f"/api/unheard?status={status}")
    assert answer.status == status
    assert detail_of_a_problem(answer) is None


@must("BACKEND-10f", kills="backend_http_exception_headers_unchecked")
def test_a_broken_header_of_an_http_exception_is_an_error_and_not_sent(native: Service) -> None:
    before, sent = len(native.output), word()
    answer = native.get(f"/api/broken?word={sent}")
    assert answer.status == 500
    assert answer.header("x-broken") is None
    assert "X-Word" in logged(native, before, "X-Word")


@must("BACKEND-10a", kills="backend_http_exceptions_of_every_framework")
def test_an_http_exception_of_another_framework_is_an_exception_like_any_other(native: Service) -> None:
    before, sent = len(native.output), word()
    answer = native.get(f"/api/foreign?status=404&word={sent}")
    assert answer.status == 500
    assert sent not in answer.received.decode("latin-1")
    assert sent in logged(native, before, sent)


@must("BACKEND-10a", kills="backend_http_exception_without_template")
def test_an_http_exception_is_told_by_the_template_of_its_endpoint(native: Service, target: Target) -> None:
    sent, status = word(), status_for(target)
    answer = native.get(f"/api/templated/error?status={status}&word={sent}")
    assert answer.status == status
    assert answer.json() == {"data": None, "message": sent}


@must("BACKEND-10a", kills="backend_http_exception_without_cors")
def test_a_page_of_an_allowed_origin_reads_an_http_exception(native: Service, target: Target) -> None:
    sent, status, origin = word(), status_for(target), "https://other.example"
    answer = native.get(f"/api/crossed/error?status={status}&word={sent}", headers=[("Origin", origin)])
    assert answer.status == status
    assert answer.header("access-control-allow-origin") == origin


@must("BACKEND-10b", kills="backend_http_exception_translated_for_hooks")
def test_a_handler_sees_the_http_exception_of_the_framework_itself(native: Service, target: Target) -> None:
    sent, status = word(), status_for(target) if target.variant.can(Capability.EXCEPTION_STATUSES) else 404
    answer = native.get(f"/api/handled/error?status={status}&word={sent}")
    expected = {"type": CLASSES[target.variant.backend], "status": status, "message": sent}
    found = result(answer)
    assert {name: found.get(name) for name in expected} == expected


@must("BACKEND-10b", kills="backend_response_to_an_http_exception")
def test_a_response_to_an_http_exception_is_what_it_is_answered_with(native: Service, target: Target) -> None:
    sent = word()
    for status in (status_for(target), 404):  # the first may be 500, which is also what a mistake ends in
        plain, answered = (native.get(f"/api{below}/error?status={status}&word={sent}") for below in ("", "/answering"))
        assert plain.status == status
        assert answered.status == status
        assert answered.content_type == plain.content_type
        assert answered.text.count(sent) == plain.text.count(sent), f"{plain}\n{answered}"
        assert answered.header("x-word") == plain.header("x-word")


@must("BACKEND-10c", kills="backend_redirect_is_a_problem")
def test_an_http_exception_with_a_status_that_is_no_errors_is_no_problem(native: Service, target: Target) -> None:
    sent, status = word(), chosen(REDIRECTS)
    for sent_status in (status, 304):
        answer = native.get(f"/api/error?status={sent_status}&word={sent}")
        assert answer.status == sent_status
        assert answer.body == b""
        if target.variant.can(Capability.EXCEPTION_HEADERS):
            assert answer.header("x-word") == sent


@must("BACKEND-10d", kills=("backend_djangos_words_on_django_alone", "backend_text_of_django_that_is_lazy_dropped"))
@pytest.mark.parametrize("status", [404, 403])
def test_an_exception_of_django_is_its_status_wherever_django_is_set_up(native: Service, status: int) -> None:
    for lazily in (0, 1):  # a text that is translated when it is read
        sent = word()
        assert detail(native.get(f"/api/django?status={status}&word={sent}&lazily={lazily}"), status) == sent


# Django's exceptions that are a 400, whose texts are not for clients.
BAD = ("SuspiciousOperation", "BadRequest", "MultiPartParserError")


@must("BACKEND-10d", kills="backend_djangos_words_on_django_alone")
@pytest.mark.parametrize("kind", BAD)
def test_what_is_bad_to_django_is_a_400(native: Service, kind: str) -> None:
    assert native.get(f"/api/bad?kind={kind}&word={word()}").status == 400


@must("BACKEND-10e", kills="backend_suspicion_is_told")
@pytest.mark.parametrize("kind", BAD)
def test_the_text_of_what_is_bad_to_django_is_in_the_log_and_not_sent(native: Service, kind: str) -> None:
    before, sent = len(native.output), word()
    answer = native.get(f"/api/bad?kind={kind}&word={sent}")
    assert sent not in answer.received.decode("latin-1"), str(answer)
    assert sent in logged(native, before, sent)


@must("BACKEND-10i", kills="backend_log_message_is_told")
def test_the_log_message_of_an_error_of_tornado_is_in_the_log_and_not_sent(native: Service) -> None:
    before, sent = len(native.output), word()
    answer = native.get(f"/api/logged?status=404&word={sent}")
    assert answer.status == 404
    assert sent not in answer.received.decode("latin-1"), str(answer)
    assert sent in logged(native, before, sent)


def is_sent(answer: Exchange, sent: str) -> None:
    assert answer.status == 201
    assert answer.body == sent.encode()
    assert answer.header("content-length") in (None, str(len(sent))), str(answer)  # there or not: BACKEND-7
    assert (answer.content_type or "").partition(";")[0] == "text/x-word", str(answer)
    assert answer.header("x-word") == sent, str(answer)
    cookies = [value.partition(";")[0] for value in answer.values("set-cookie")]
    assert sorted(cookies) == [f"a={sent}", f"b={sent}"], str(answer)


@must("BACKEND-11a", kills=("backend_responses_unknown", "backend_response_with_one_cookie"))
@pytest.mark.parametrize("below", ["", "/templated", "/after", "/before", "/crossed"])
def test_a_response_object_of_the_framework_is_sent_as_it_is(native: Service, below: str) -> None:
    sent = word()
    is_sent(native.get(f"/api{below}/respond?word={sent}"), sent)
    head = native.request("HEAD", f"/api{below}/respond?word={sent}")
    assert head.status == 201
    assert head.trailing == b""
    assert head.header("content-length") in (None, str(len(sent)))


@must("BACKEND-11a", kills="backend_responses_unknown")
def test_a_file_that_the_framework_sends_is_read(native: Service) -> None:
    sent = word()
    answer = native.get(f"/api/file?word={sent}")
    assert answer.status == 200
    assert answer.body == sent.encode()
    assert (answer.content_type or "").partition(";")[0] == "text/x-word", str(answer)
    assert answer.header("content-length") in (None, str(len(sent))), str(answer)


@must("BACKEND-11c", kills="backend_responses_unknown")
def test_an_after_hook_sees_it_as_a_response(native: Service) -> None:
    sent = word()
    answer = native.get(f"/api/after/respond?word={sent}")
    assert answer.status == 201
    assert answer.header("x-after") == f"201 {sent}"


@must("BACKEND-11d", kills=("backend_background_task_dropped", "backend_background_task_of_no_content_dropped"))
def test_a_background_task_of_a_response_runs_when_it_has_been_sent(native: Service) -> None:
    sent = {status: word() for status in (201, 204, 205, 304, 404)}
    is_sent(native.get(f"/api/respond?word={sent[201]}"), sent[201])
    for status in (204, 205, 304, 404):
        answer = native.get(f"/api/background?status={status}&word={sent[status]}")
        assert answer.status == status
        assert answer.header("x-word") == sent[status]
    sent[0] = word()
    assert native.request("HEAD", f"/api/respond?word={sent[0]}").status == 201
    until = Deadline.after(ANSWER)
    while not set(sent.values()) <= set(native.get("/api/ran").members()["ran"]) and not until.passed:
        continue
    ran = native.get("/api/ran").members()["ran"]
    assert {status: ran.count(one) for status, one in sent.items()} == dict.fromkeys(sent, 1)


@must("BACKEND-11b", kills="backend_foreign_response_is_a_text")
def test_a_response_object_of_another_framework_is_named_in_the_log(native: Service, target: Target) -> None:
    before = len(native.output)
    assert native.get(f"/api/foreign_response?word={word()}").status == 500
    other = FOREIGN.of(target.variant)
    assert other in logged(native, before, other)


@must("BACKEND-11e", kills=("backend_stream_unnamed", "backend_stream_of_a_file_unnamed"))
def test_a_response_object_that_is_a_stream_is_named_in_the_log(native: Service, target: Target) -> None:
    for path, name in STREAMS.of(target.variant).items():
        before = len(native.output)
        assert native.get(f"/api/{path}?word={word()}").status == 500
        assert name in logged(native, before, name)
