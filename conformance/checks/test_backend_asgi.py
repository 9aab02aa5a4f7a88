"""BACKEND: Sanic's application under uvicorn, an ASGI server that is not its own."""

from __future__ import annotations

import json
import signal
import time

import pytest

from conformance.checks import corpus
from conformance.checks.corpus import GROUPS
from conformance.checks.corpus_comparison import differences
from conformance.checks.injected_application import sight
from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.raw_requests import CHUNKED, CLOSE, JSON, chunked, raw
from conformance.checks.result import result, text
from conformance.checks.script_run import Life, recording_under
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import loopback
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.foundation.exceptions import ServiceHung
from conformance.target.exchange import request_bytes, send_in_turn
from conformance.target.service import Service
from conformance.target.target import Target

UVICORN = {"server": "uvicorn"}
LEFT_SECONDS = 0.05  # for an endpoint that runs though its body has not come whole
LIMIT = 10 * 1024 * 1024  # of a service that sets none


@pytest.fixture
def bodies(target: Target) -> Service:
    return target.shared("body_endpoints", options=UVICORN)


@must("BACKEND-12", kills="backend_sanic_without_a_body")
@pytest.mark.parametrize("group", GROUPS)
def test_under_another_server_every_request_is_answered_as_under_its_own(target: Target, group: str) -> None:
    service, own = target.shared("backend_corpus", options=UVICORN), target.shared("backend_corpus")
    assert [found for case in GROUPS[group] for found in differences(service, corpus.filled(case, word()), own)] == []


@must("BACKEND-12", kills="backend_sanic_without_a_body")
def test_under_another_server_a_body_in_chunks_reaches_the_endpoint_whole(bodies: Service) -> None:
    data = {word(): [number(), word() * 40, 0, "", None, []]}
    body = json.dumps(data).encode()
    parts = chunked(body[:1], body[1:30], body[30:])
    answer = bodies.send_until_closed(raw("POST", "/api/echo", JSON, CHUNKED, CLOSE, body=parts), "POST")
    assert result(answer) == data


@must("BACKEND-12", kills="backend_sanic_without_a_body")
def test_under_another_server_one_connection_carries_bodies_one_after_the_other(bodies: Service) -> None:
    sent = [{word(): number()}, {}, {word(): ""}]
    posts = [
        ("POST", request_bytes("POST", "/api/echo", "localhost", [JSON, ("Connection", "keep-alive")], content))
        for content in (json.dumps(data).encode() for data in sent)
    ]
    answers = send_in_turn(bodies.address, posts)
    assert [result(answer) for answer in answers] == sent


@must("BACKEND-12", kills="backend_sanic_waits_for_an_empty_body")
@pytest.mark.parametrize("injected", [False, True])
def test_under_another_server_an_empty_body_is_answered(target: Target, bodies: Service, injected: bool) -> None:
    service = target.shared("backend_injected", served=1, options=UVICORN) if injected else bodies
    for framing, sent in (
        ([], b""),
        ([("Content-Length", "0")], b""),
        ([JSON, ("Content-Length", "0")], b""),
        ([JSON, CHUNKED], chunked()),
    ):
        try:
            answer = service.send(raw("POST", "/api/optional", *framing, CLOSE, body=sent), "POST")
        except ServiceHung as hung:
            raise AssertionError(f"no answer to an empty body: {framing}") from hung
        assert result(answer) == {"text": "none"}, f"{framing}\n{answer}"


@must("BACKEND-12", kills="backend_sanic_takes_any_size")
def test_under_another_server_a_body_over_the_limit_is_refused_as_under_its_own(
    target: Target, bodies: Service
) -> None:
    own = target.shared("body_endpoints")
    form = ("Content-Type", "application/x-www-form-urlencoded")  # JSON has a limit of its own (SECURITY-7a)
    announced = raw("POST", "/api/length", form, ("Content-Length", str(LIMIT + 1)), CLOSE)
    in_chunks = raw("POST", "/api/length", form, CHUNKED, CLOSE, body=chunked(*[b"a" * (LIMIT // 8)] * 8, b"a"))
    for sent in (announced, in_chunks):
        expected = own.send(sent, "POST").status
        assert expected in REFUSALS
        assert bodies.send(sent, "POST").status == expected


@must("BACKEND-12", kills="backend_sanic_half_a_body")
def test_under_another_server_a_body_that_does_not_come_whole_reaches_no_endpoint(target: Target) -> None:
    service = target.shared("async_contexts", options=UVICORN)
    for more in (1, 0):
        sent, body = word(), json.dumps({word(): number()}).encode()
        length = ("Content-Length", str(len(body) + more))
        service.send_and_leave(raw("POST", f"/api/plain/takes?word={sent}", JSON, length, body=body), "POST")
        until = Deadline.after(ANSWER / 2 if not more else LEFT_SECONDS)
        while not (told := result(service.get(f"/api/told?word={sent}"))["told"]) and not until.passed:
            time.sleep(0.005)
        assert told == ([] if more else [["takes", None]])


@must("BACKEND-12", kills="backend_sanic_without_a_body")
def test_under_another_server_native_routes_and_middleware_answer_beside_the_api(target: Target) -> None:
    service = target.shared("backend_injected", served=1, options=UVICORN)
    sent = word()
    data = {"word": sent}
    answer = service.post("/api/echo", json=data, headers=[("X-Word", sent)])
    assert result(answer) == data
    assert answer.header("x-native") == service.nonce, str(answer)
    assert sight(service, sent)["length"] == len(answer.sent.partition(b"\r\n\r\n")[2])
    assert text(service.get("/early")) == f"native {service.nonce}"
    assert text(service.get(f"/{word()}"), 404) == f"no page {service.nonce}"
    assert text(service.get("/api/hook")) == service.nonce


@pytest.fixture(scope="session")
def under_uvicorn(target: Target) -> Life:
    """A life under uvicorn's own command; SIGTERM."""
    host, port = target.host, loopback.free_port(target.host)
    server = ["uvicorn", "--host", host, "--port", str(port), "--log-level", "warning", "hook_journal:app"]
    with recording_under(target, server, (host, port)) as life:
        life.until_ready()
        life.end_by(signal.SIGTERM)
    return life.written()


@must("BACKEND-12", start=Start.DEPLOYED, kills="backend_sanic_hooks_of_its_own_server")
def test_under_another_server_hooks_run_at_both_ends(under_uvicorn: Life) -> None:
    names = under_uvicorn.names()
    startup = {"startup-1", "startup-2", "plain startup"}
    shutdown = {"plain shutdown", "shutdown-2", "shutdown-1"}
    assert "request" in names, under_uvicorn.output
    served = names.index("request")
    assert startup - set(names[:served]) == set(), under_uvicorn.output
    assert shutdown - set(names[served:]) == set(), under_uvicorn.output
