"""API-8: API classes put into an application of the framework that is not UtilMeta's, and beside a service's own."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from conformance.checks import corpus
from conformance.checks.corpus import GROUPS, Case
from conformance.checks.corpus_comparison import alike
from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.backend import Capability, having
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange, Members
from conformance.target.service import NONCE_PATH, Service
from conformance.target.target import Target

WITH_A_LIFESPAN = having(Capability.LIFESPAN)  # for the text of an assertion, which ledgers hold


def native(answer: Exchange, status: int = 200) -> str:
    """The body, whatever type the framework gives to a text of its own."""
    assert answer.status == status, str(answer)
    return answer.body.decode()


def told(service: Service) -> Members:
    """What the application itself tells, whatever type the framework gives to it."""
    answer = service.get("/native")
    assert answer.status == 200, str(answer)
    return answer.members()


@pytest.fixture
def alone(target: Target) -> Service:
    """An application into which one API is put at `/api`, as the guide has it."""
    return target.shared("api_in_native_application", alone="documented")


@pytest.fixture(params=["as", "adapt"])
def put(request: pytest.FixtureRequest, target: Target) -> Service:
    """One into which an API that answers more is put at `/api`, by itself or with a service."""
    return target.shared("api_in_native_application", alone=request.param)


@pytest.fixture
def mounted(target: Target) -> Service:
    return target.shared("api_in_native_application", shared=1)


@pytest.fixture
def mounting(target: Target) -> Service:
    """The same, of a service that mounts more than its API and has a limit of 100 bytes."""
    return target.shared("api_in_native_application", shared=1, mounts=1, max_body_size=100)


def answers(service: Service, expected: dict[str, Any]) -> None:
    """Each path answers 200 with that JSON."""
    for path, value in expected.items():
        answer = service.get(path)
        assert answer.status == 200, f"GET {path}:\n{answer}"
        assert answer.json() == value, f"GET {path}:\n{answer}"


@must("API-8a", kills=("api_mount_alone", "api_mount_at_its_last_segment"))
def test_a_service_serves_what_it_mounts_beside_its_api(mounting: Service) -> None:
    sent = word()
    answers(
        mounting,
        {
            f"/service/mounted/{sent}": {"mounted": sent},
            f"/service/deep/referred/{sent}": {"referred": sent},
            "/service/day/2021": {"day": "24.12.2021"},
        },
    )
    answer = mounting.get(f"/service/deep/{sent}")
    assert answer.status == 404, str(answer)


@must("API-8a", kills="api_mount_at_the_root_alone")
def test_a_service_without_an_api_serves_all_that_it_mounts(target: Target) -> None:
    service, sent = target.shared("application_without_api", ready=None, mounted="several"), word()
    answers(
        service,
        {
            f"/front?word={sent}": {"front": sent},
            f"/shop/items/{sent}": {"item": sent},
            f"/api/orders?word={sent}": {"order": sent},
        },
    )
    assert service.get(NONCE_PATH).text == service.nonce


@must("API-8b", kills="api_as_without_templates")
def test_an_api_is_put_into_an_application_that_is_not_utilmetas(alone: Service) -> None:
    a, b = number(), number()
    answers(alone, {f"/api/add/{a}/{b}": {"sum": a + b}})


@must("API-8d", kills="api_as_natives_dropped")
def test_native_routes_go_on_working_beside_it(alone: Service) -> None:
    assert native(alone.get("/late")) == f"native {alone.nonce}"
    assert told(alone)["setting"] == alone.nonce


@must("API-8f", kills=("api_as_the_first_alone", "api_as_the_last_has_it"))
def test_one_application_has_several_apis_each_at_its_route(mounted: Service) -> None:
    sent, a, b = word(), number(), number()
    answers(
        mounted,
        {
            f"/calc/add/{a}/{b}": {"sum": a + b},
            f"/one/two/{sent}": {"word": sent},
            f"/api/query?text={sent}": {"text": sent, "tag": []},
        },
    )
    answer = mounted.get(f"/calc/{sent}")
    assert answer.status == 404, str(answer)


@must("API-8h", kills="api_as_pattern_by_the_whole_path")
def test_among_included_url_patterns_an_api_is_below_them(mounted: Service) -> None:
    for tenant in (word(), "gr%C3%BC%C3%9Fe"):
        a, b = number(), number()
        answers(mounted, {f"/included/{tenant}/calc/add/{a}/{b}": {"sum": a + b}})
    answer = mounted.get(f"/included/{word()}/calc/{word()}")
    assert answer.status == 404, str(answer)


@must("API-8f", kills="api_as_with_the_services_configurations")
def test_an_api_without_a_service_has_no_hooks_configurations_or_limits_of_one(mounting: Service) -> None:
    sent, year = word(), 1000 + seeded_random.below(9000)
    answers(mounting, {f"/calc/day/{year}": {"day": f"{year}-12-24"}})
    answer = mounting.get(f"/calc/unlike/{sent}")
    assert native(answer) == sent
    data = {"more": sent * 20}
    assert result(mounting.post("/calc/echo", json=data)) == data


@must(
    "API-8c",
    kills=("api_adapt_without_hooks", "api_adapt_without_configurations", "api_adapt_at_the_root_route_alone"),
)
@pytest.mark.parametrize("route", ["/service", "/elsewhere/service"])
def test_an_adapted_service_brings_its_hooks_configurations_preferences_and_limits(
    mounting: Service, route: str
) -> None:
    sent, year = word(), 1000 + seeded_random.below(9000)
    assert native(mounting.get(f"{route}/hook")) == mounting.nonce
    answers(mounting, {f"{route}/day/{year}": {"day": f"24.12.{year}"}, f"{route}/mounted/{sent}": {"mounted": sent}})
    answer = mounting.get(f"{route}/unlike/{sent}")
    assert answer.status == 500, str(answer)
    answer = mounting.post(f"{route}/echo", json={"more": sent * 20})
    assert answer.status in REFUSALS, str(answer)
    assert result(mounting.post(f"{route}/echo", json={"more": sent})) == {"more": sent}


OUTSIDE = (
    "/",
    "/{word}",
    "/word/{word}",
    "/apis/word/{word}",
    "/{word}/api/word/{word}",
)


@must("API-8g", kills=("api_as_claims_what_is_outside", "backend_handlers_dropped"))
def test_a_path_outside_the_route_gets_the_applications_own_404(put: Service) -> None:
    for form in OUTSIDE:
        path = form.format(word=word())
        assert native(put.get(path), 404) == f"no page {put.nonce}", path


@must("API-8g", kills=("backend_lifespan_replaced", "backend_handlers_dropped"))
def test_native_routes_error_handlers_and_lifespan_stay(put: Service, target: Target) -> None:
    for path in ("/late", *(["/api/native"] if target.variant.can(Capability.ROUTES_WITHIN_APIS) else [])):
        assert native(put.get(path)) == f"native {put.nonce}", path
    assert native(put.get("/native/fails"), 418) == f"handled {put.nonce}"
    found = told(put)
    assert found["setting"] == put.nonce
    assert found["lifespan"] == (put.nonce if target.variant.backend in WITH_A_LIFESPAN else None)


@must("API-8g", kills="backend_exceptions_left_to_the_framework")
def test_an_endpoints_exception_is_the_apis_problem(put: Service) -> None:
    answer = put.get("/api/fails")
    assert answer.status == 500, str(answer)


@must("ERROR-3a", kills="error_text_of_what_was_put_in")
@pytest.mark.parametrize("route", ["/calc", "/service"])
def test_in_production_nothing_of_an_exception_of_what_was_put_in_leaves_the_server(
    mounted: Service, route: str
) -> None:
    sent = f"s{word()}"
    answer = mounted.get(f"{route}/crashes?secret={sent}")
    assert answer.status == 500, str(answer)
    told = answer.received.decode("latin-1").lower()
    assert [part for part in (sent.lower(), "traceback", ".py", "crashed with") if part in told] == []


@must("API-8g", kills="backend_outside_the_middleware")
def test_native_middleware_sees_what_an_api_answers(put: Service) -> None:
    for path, statuses in (
        (f"/api/word/{word()}", (200,)),
        (f"/api/{word()}", (404,)),
        (f"/api/number/{word()}", REFUSALS),
    ):
        sent = word()
        answer = put.get(path, headers=[("X-Word", sent)])
        assert answer.status in statuses, str(answer)
        assert answer.header("x-native") == put.nonce, str(answer)
        seen = [entry for entry in told(put)["seen"] if entry["word"] == sent]
        assert [(entry["path"], entry["status"]) for entry in seen] == [(path, answer.status)]


def below(case: Case) -> bool:
    """Whether the request of the corpus is for a path below /api, where the API is put."""
    path = unquote(case.request.partition(" ")[2].partition("?")[0], errors="replace")
    return path.strip("/").partition("/")[0] == "api"


@must("API-8g", kills="api_as_with_json_of_its_own")
def test_what_was_put_in_answers_as_a_service_does(target: Target, put: Service) -> None:
    service = target.shared("backend_corpus")
    wrong = []
    for group in ("results", "paths", "refusals", "set by the endpoint"):
        for case in filter(below, GROUPS[group]):
            filled: Case = corpus.filled(case, word())
            method, _, path = filled.request.partition(" ")
            answer, expected = (
                each.request(method, path, headers=filled.sent, body=filled.content) for each in (put, service)
            )
            wrong += [f"{filled.request[:100]}: {difference}" for difference in alike(filled, answer, expected)]
    assert wrong == []


@must("API-8a", kills="api_mount_too_late_taken")
def test_a_mount_that_is_late_is_an_error(target: Target) -> None:
    assert target.probe("api_in_native_application", "refused").value["a late mount"] is not None


@must("API-8e", kills=("api_as_target_that_is_none", "api_adapt_any_backend"))
def test_a_target_that_is_none_is_an_error_that_names_it(target: Target) -> None:
    told = target.probe("api_in_native_application", "refused").value
    named = {"a class": told["class"], "another backend": told["another"], "a number": "5", "its own application": ""}
    if "a module" in told:  # of other backends a module is a target (API-8b)
        named["a module"] = target.variant.backend
    assert [name for name in named if told[name] is None] == [], "these are taken"
    assert [told[name]["message"] for name, part in named.items() if part not in told[name]["message"]] == [], (
        "not named"
    )
