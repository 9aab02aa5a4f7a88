"""BACKEND: the six frameworks, injected applications, and that a request is answered alike on all of them."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest

from conformance.checks import corpus, server
from conformance.checks.corpus import GROUPS, Case
from conformance.checks.corpus_comparison import alike, differences
from conformance.checks.injected_application import sight, told
from conformance.checks.random_values import word
from conformance.checks.result import result, spoken, text
from conformance.contract.backend import Capability, having
from conformance.contract.check import must, should
from conformance.contract.variant import Start
from conformance.differential.equivalence import Outcome, outcome
from conformance.differential.pinned import pinned
from conformance.foundation import loopback
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

WITH_A_LIFESPAN = having(Capability.LIFESPAN)  # for the texts of assertions, which ledgers hold


@pytest.fixture
def injected(target: Target) -> Service:
    return target.shared("backend_injected", served=1)


@must("BACKEND-1", kills="backend_bypassed")
def test_each_framework_serves_the_root_api_over_http(target: Target) -> None:
    # One that was asked nothing yet, as root would have been: Sanic's router does not look for a path twice.
    service = target.serve("backend_documented", ready=None)
    before = service.dispatches
    assert spoken(service.get("/api/nonce")) == service.nonce
    assert service.dispatches > before, "the framework was not called"


@must("BACKEND-2a", kills="backend_injected_made_anew")
def test_an_injected_application_serves_the_api_and_its_native_routes(target: Target) -> None:
    service = target.shared("backend_injected_documented")
    assert text(service.get("/api/nonce")).strip('"') == service.nonce
    assert text(service.get("/native")) == f"native {service.nonce}"


@must("BACKEND-2c", kills="backend_injected_made_anew")
def test_an_injected_application_is_the_object_that_application_returns(target: Target) -> None:
    assert target.probe("backend_injected", "same").value == [True, True]


@must("BACKEND-2b", kills="backend_other_kind_taken")
def test_a_handler_of_the_other_kind_is_an_error(target: Target) -> None:
    message = target.probe("backend_injected", "other_kind").message
    assert ("WSGIHandler" if target.variant.asynchronous else "ASGIHandler") in message
    assert "asynchronous" in message


@must("BACKEND-3", kills="backend_injected_made_anew")
def test_native_routes_answer_beside_an_api_at_the_root(target: Target) -> None:
    service = target.shared("backend_injected", ready="/nonce", served=1, route="/")
    assert text(service.get("/nonce")).strip('"') == service.nonce
    assert told(service)["setting"] == service.nonce


@must("BACKEND-3b", kills="backend_api_before_natives")
@pytest.mark.parametrize("added", ["early", "late"], ids=["before application()", "after application()"])
@pytest.mark.parametrize("form", ["/{}", "/api/{}"], ids=["outside the root route", "at an endpoint's path"])
def test_a_native_route_answers_its_path(injected: Service, form: str, added: str) -> None:
    assert text(injected.get(form.format(added))) == f"native {injected.nonce}"


@must("BACKEND-3b", kills="backend_api_before_natives")
@pytest.mark.parametrize("added", ["early", "late"], ids=["before application()", "after application()"])
def test_a_native_template_answers_the_paths_it_matches_and_no_other(injected: Service, added: str) -> None:
    sent = word()
    assert text(injected.get(f"/api/{added}/{sent}")) == f"native {sent}"
    assert text(injected.get(f"/api/other/{sent}")) == sent
    assert injected.get(f"/api/{added}/{sent}/more").status == 404


def catching(target: Target, added: str) -> list[Service]:
    """backend_injected.py with a catch-all route, which answers, and, where there are mounts, also with one at `/`.

    What cannot be added is left out of a scenario, so that nothing would be in the API's way.
    """
    mounts: list[dict[str, Any]] = [{}, {"mounted": 1}] if target.variant.can(Capability.MOUNTS) else [{}]
    services = [target.shared("backend_injected", ready=None, served=1, catch_all=added, **mount) for mount in mounts]
    for service in services:
        assert text(service.get(f"/{word()}")) == f"caught {service.nonce}"
    return services


@must("BACKEND-3b", kills="backend_catch_all_is_any_route")
@pytest.mark.parametrize("added", ["before", "after"])
def test_a_native_catch_all_is_asked_after_the_api(target: Target, added: str) -> None:
    for service in catching(target, added):
        sent = word()
        assert text(service.get(f"/api/other/{sent}")) == sent
        for answer in (service.get(f"/api/number/{sent}"), service.request("DELETE", f"/api/other/{sent}")):
            assert answer.status in range(400, 500), str(answer)
            assert answer.text != f"caught {service.nonce}"


@must("BACKEND-3b", kills="backend_catch_all_is_any_route")
@pytest.mark.parametrize("added", ["before", "after"])
def test_a_native_catch_all_takes_nothing_from_a_native_route(target: Target, added: str) -> None:
    for service in catching(target, added):
        assert text(service.get("/api/early")) == f"native {service.nonce}"
        if added == "after":
            assert text(service.get("/late")) == f"native {service.nonce}"


@must("BACKEND-3b", kills="backend_claims_every_path")
@pytest.mark.parametrize("added", ["before", "after"])
def test_a_native_catch_all_answers_what_the_api_does_not_know(target: Target, added: str) -> None:
    for service in catching(target, added):
        assert text(service.get(f"/{word()}/{word()}")) == f"caught {service.nonce}"


@must("BACKEND-4", kills="backend_injected_made_anew")
def test_an_injected_application_keeps_its_settings(injected: Service) -> None:
    assert told(injected)["setting"] == injected.nonce


@must("BACKEND-4", kills="backend_handlers_dropped")
def test_an_injected_application_keeps_its_error_handlers(injected: Service) -> None:
    assert text(injected.get("/native/fails"), 418) == f"handled {injected.nonce}"


@must("BACKEND-4", kills="backend_claims_every_path")
@pytest.mark.parametrize("form", ["/{}", "/{}/{}", "/apiary/{}"])
def test_an_injected_application_keeps_its_own_404_outside_the_root_route(injected: Service, form: str) -> None:
    answer = injected.get(form.format(word(), word()))
    assert text(answer, 404) == f"no page {injected.nonce}"


@must("BACKEND-4", kills="backend_claims_what_it_knows")
def test_inside_the_root_route_the_404_is_the_services(injected: Service) -> None:
    answer = injected.get(f"/api/{word()}")
    assert answer.status == 404
    assert answer.text != f"no page {injected.nonce}"


@must("BACKEND-4", kills="backend_exceptions_left_to_the_framework")
def test_no_error_handler_of_the_application_takes_an_endpoints_exception(injected: Service) -> None:
    assert injected.get("/api/crash").status == 500


@must("BACKEND-4", kills="backend_lifespan_replaced")
def test_the_applications_lifespan_and_the_services_hooks_both_run(injected: Service, target: Target) -> None:
    assert text(injected.get("/api/hook")) == injected.nonce
    assert told(injected)["lifespan"] == (injected.nonce if target.variant.backend in WITH_A_LIFESPAN else None)


@must("BACKEND-4", start=Start.SCRIPT, kills="backend_lifespan_replaced")
def test_the_applications_lifespan_and_the_services_hooks_both_end(target: Target) -> None:
    address = (loopback.LOCALHOST, loopback.free_port(loopback.LOCALHOST))
    script = target.script("backend_injected", address=address, served=1, port=address[1])
    assert text(script.get("/early")) == f"native {script.nonce}"
    script.signal(signal.SIGTERM)
    script.wait()
    lifespan = ["lifespan begins", "lifespan ends"] if target.variant.can(Capability.LIFESPAN) else []
    assert sorted(script.event_names()) == sorted(["hook begins", "hook ends", *lifespan]), script.output


OF_JSON = (("Content-Type", "application/json"),)
REQUESTS: dict[str, tuple[str, str, bytes | None]] = {
    "an answer": ("GET", "/api/other/{}", None),
    "a body": ("POST", "/api/echo", b'{"a":1}'),
    "an unknown path": ("GET", "/api/{}", None),
    "another method": ("DELETE", "/api/other/{}", None),
    "a wrong parameter": ("GET", "/api/number/{}", None),
    "an exception": ("GET", "/api/crash", None),
}


@must("BACKEND-5", kills="backend_outside_the_middleware")
@pytest.mark.parametrize("case", REQUESTS)
def test_native_middleware_sees_a_request_and_its_response(injected: Service, case: str) -> None:
    method, form, body = REQUESTS[case]
    sent = word()
    path = form.format(sent)
    answer = injected.request(method, path, headers=[("X-Word", sent), *OF_JSON], body=body)
    seen = sight(injected, sent)
    assert {name: seen[name] for name in ("method", "path", "status")} == {
        "method": method,
        "path": path,
        "status": answer.status,
    }


@must("BACKEND-5", kills="backend_outside_the_middleware")
@pytest.mark.parametrize("case", REQUESTS)
def test_native_middleware_adds_a_header_to_a_response(injected: Service, case: str) -> None:
    method, form, body = REQUESTS[case]
    answer = injected.request(method, form.format(word()), headers=OF_JSON, body=body)
    assert answer.header("x-native") == injected.nonce


@must("BACKEND-5b", kills="backend_body_read_twice")
def test_native_middleware_reads_the_body_that_the_endpoint_gets_whole(injected: Service) -> None:
    sent = word()
    data = {"word": sent, "more": [word() for _ in range(200)]}
    answer = injected.post("/api/echo", json=data, headers=[("X-Word", sent)])
    assert result(answer) == data
    assert sight(injected, sent)["length"] == len(answer.sent.partition(b"\r\n\r\n")[2])


@must("BACKEND-5d", kills="backend_outside_the_middleware")
def test_native_middleware_may_answer_in_place_of_the_api(injected: Service) -> None:
    for path in (f"/api/other/{word()}", "/api/crash"):
        assert text(injected.get(path, headers=[("X-Deny", "1")]), 403) == f"denied {injected.nonce}"


@must("BACKEND-6", kills="backend_class_is_a_name")
def test_an_application_class_in_place_of_an_instance_is_an_error(target: Target) -> None:
    message = target.probe("backend_injected", "application_class").message
    name = target.backend.applications[target.variant.mode].rpartition(".")[2]
    assert name in message


@must("BACKEND-7", kills=("backend_content_type_of_the_framework", "backend_etag_of_the_framework"))
@pytest.mark.parametrize("group", GROUPS)
def test_every_request_gets_its_normative_answer(target: Target, group: str) -> None:
    wrong = []
    for service in server.each(target, "backend_corpus"):
        for case in GROUPS[group]:
            filled: Case = corpus.filled(case, word())
            wrong += differences(service, filled)
    assert wrong == []


@must("BACKEND-7", kills="route_plus_kept_in_the_query")
def test_what_variants_once_disagreed_about_is_answered_alike(target: Target) -> None:
    wrong = []
    for example in pinned():
        service = target.shared(example.message.scenario, production=1)
        found = outcome(example.message, example.message.sent_to(service.address))
        if not same(example.expected, found):
            wrong.append(f"{example.name}\n{example.message}\nexpected:\n{example.expected}\nfound:\n{found}")
    assert wrong == []


def same(expected: Outcome, found: Outcome) -> bool:
    """Whether BACKEND-7 has the two for one answer: of an error, body and media type are those of ERROR-2."""
    if expected.kind != found.kind or not expected.kind.isdigit():
        return expected.kind == found.kind
    ours = exchange_of(expected)
    return alike(Case("", ours.status, ours.content_type, None, ours.headers), exchange_of(found), ours) == []


def exchange_of(outcome: Outcome) -> Exchange:
    headers = tuple((name, value) for name, values in outcome.headers for value in values)
    return Exchange(b"", b"", int(outcome.kind), headers, outcome.body)


@should("BACKEND-8")
@pytest.mark.parametrize("way", ["by_class", "by_entry_point"])
def test_a_backend_of_another_package_plugs_in(target: Target, way: str) -> None:
    sent = word()
    found = target.probe("backend_seventh", way, word=sent).value
    assert found["ours"] is True, "application() returned another application"
    assert found["port"] == 7777
    assert found["started"] == [sent]
    assert [answer["status"] for answer in found["answers"]] == [200, 404]
    assert json.loads(found["answers"][0]["body"]) == {"word": sent}
