"""MIGRATION: services in applications of native frameworks, and applications of these in services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from conformance.checks.random_values import word
from conformance.checks.result import result, spoken
from conformance.contract.backend import Capability, having
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.service import Service
from conformance.target.target import Target

KINDS = pytest.mark.parametrize(("kind", "route"), [("wsgi", "/v1"), ("asgi", "/v2")], ids=["wsgi", "asgi"])


def adapted(target: Target, **settings: Any) -> Service:
    return target.shared("migration_adapted", ready=None, served=1, **settings)


@must("MIGRATION-g6", kills="migration_adapt_without_its_route")
def test_adapt_serves_the_service_at_a_route(target: Target) -> None:
    service = adapted(target)
    assert spoken(service.get("/clock/nonce")) == service.nonce


@must("MIGRATION-1", kills="migration_adapt_without_its_route")
@pytest.mark.parametrize("settings", [{}, {"module": 1}], ids=["an application", "the module"])
def test_adapt_serves_it_on_tornado(target: Target, settings: dict[str, Any]) -> None:
    service = adapted(target, **settings)
    assert spoken(service.get("/clock/nonce")) == service.nonce


@must("MIGRATION-g7", kills=("migration_adapt_in_place_of_the_root_route", "migration_adapt_without_its_route"))
@pytest.mark.parametrize("route", ["/api", "/v1/api"])
def test_the_route_goes_before_the_root_route(target: Target, route: str) -> None:
    service = adapted(target, route=route)
    assert spoken(service.get(f"/clock{route}/nonce")) == service.nonce


@must("MIGRATION-g8", kills="api_adapt_without_configurations")
def test_the_configurations_apply_to_what_is_adapted(target: Target) -> None:
    year = 1000 + seeded_random.below(9000)
    assert result(adapted(target).get(f"/clock/day/{year}")) == {"day": f"24.12.{year}"}


@must("MIGRATION-2a", kills="migration_application_made_again")
def test_the_application_has_the_service_at_that_place_alone(target: Target) -> None:
    assert target.probe("migration_adapted", "again").value is True
    service = adapted(target, route="/api", again=1)
    assert spoken(service.get("/clock/api/nonce")) == service.nonce
    native = service.get("/native")
    assert (native.status, native.members()["setting"]) == (200, service.nonce)
    for path in ("/api/nonce", "/nonce", "/clock/nonce", "/clock"):
        answer = service.get(path)
        assert (answer.status, answer.body.decode()) == (404, f"no page {service.nonce}"), path


@must("MIGRATION-2b", kills="migration_module_taken")
def test_a_module_that_takes_nothing_is_an_error(target: Target) -> None:
    assert "instance" in target.probe("migration_adapted", "of_a_module").message


@must("MIGRATION-2c", kills="migration_two_routes_taken")
def test_two_routes_are_an_error_that_names_them(target: Target) -> None:
    message = target.probe("migration_adapted", "two_routes").message
    assert [route for route in ("/clock", "/other") if route not in message] == [], message


def mounted(target: Target, **settings: Any) -> Service:
    served: dict[str, Any] = {} if "alone" in settings else {"served": 1}
    return target.shared("migration_mounted", ready=None, **served, **settings)


@must("MIGRATION-g10", kills=("migration_wsgi_called_as_asgi", "migration_nothing_mounted"))
@KINDS
def test_a_wsgi_or_asgi_application_is_served_at_its_route(target: Target, kind: str, route: str) -> None:
    service = mounted(target)
    for _ in range(2):
        sent = word()
        found = result(service.get(f"{route}/{sent}"))
        assert (found["kind"], found["path"]) == (kind, f"/{sent}")
    assert spoken(service.get("/nonce")) == service.nonce


@must("MIGRATION-4a", kills=("migration_mounted_below_the_root_route", "migration_body_cut"))
@KINDS
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_mounted_application_gets_requests_whole_at_its_route_alone(
    target: Target, kind: str, route: str, method: str
) -> None:
    service, sent, query = mounted(target, route="/api"), word(), word()
    body = b"" if method == "GET" else f"{word()} {word()}".encode() * 20_000  # it comes in pieces
    found = result(service.request(method, f"{route}/{sent}/?q={query}", body=body))
    expected = {
        "kind": kind,
        "route": route,
        "path": f"/{sent}/",
        "query": f"q={query}",
        "method": method,
        "body": body.decode(),
    }
    assert {name: found[name] for name in expected} == expected
    answer = service.request(method, f"/api{route}/{sent}", body=body)
    assert answer.status == 404, str(answer)
    assert service.request("HEAD", f"{route}/{sent}").header("x-kind") == kind


@must("MIGRATION-4b", kills=("migration_missing_pages_of_the_api", "migration_repeated_headers_dropped"))
def test_what_it_answers_is_sent_as_it_is(target: Target) -> None:
    service = mounted(target)
    for kind, route in (("wsgi", "/v1"), ("asgi", "/v2")):
        answer = service.get(f"{route}/missing")
        told = (answer.status, answer.body.decode(), answer.header("x-kind"))
        assert told == (404, f"no page {service.nonce}", kind)
        assert answer.values("set-cookie") == ["first=1", "second=1"], kind


@must("MIGRATION-5", kills="migration_ambiguous_headers")
def test_a_header_with_an_underscore_does_not_reach_a_wsgi_application(target: Target) -> None:
    service, sent = mounted(target), word()
    for name in ("X_User", "x_User"):
        found = result(service.get(f"/v1/{word()}", headers=[("X-User", sent), (name, word())]))
        assert found["user"] == sent
        assert result(service.get(f"/v1/{word()}", headers=[(name, word())]))["user"] is None


@must("MIGRATION-3", kills=("migration_any_kind_taken", "migration_class_taken"))
def test_what_a_backend_does_not_mount_is_an_error_that_names_those_that_do(target: Target) -> None:
    told = target.probe("migration_mounted", "refused").value
    taken = [
        *(["wsgi", "asgi"] if target.variant.can(Capability.MOUNTS) else []),
        *(["urls"] if target.variant.can(Capability.URL_PATTERNS) else []),
    ]
    assert [name for name, said in told.items() if (said is None) is not (name in taken)] == []
    asgi, patterns = having(Capability.MOUNTS), having(Capability.URL_PATTERNS)
    named = {"wsgi": asgi, "asgi": asgi, "urls": patterns}
    unnamed = [
        (kind, backend)
        for kind, backends in named.items()
        if kind not in taken
        for backend in backends
        if backend not in told[kind]["message"]
    ]
    assert unnamed == [], str(told)


@must(
    "MIGRATION-6",
    kills=("migration_two_at_one_route", "migration_hides_the_root_api", "migration_adapted_without_what_it_mounts"),
)
def test_applications_that_exclude_each_other_are_an_error(target: Target) -> None:
    told = {by: target.probe("migration_mounted", "contradicted", by=by).value for by in ("another", "hiding", "adapt")}
    assert sorted(by for by, said in told.items() if said is None) == [], "these are taken"


@must("MIGRATION-g12a", kills="migration_mounts_need_a_root_api")
@pytest.mark.parametrize("kind", ["wsgi", "asgi"])
def test_a_service_without_a_root_api_serves_what_it_mounts(target: Target, kind: str) -> None:
    service = mounted(target, alone=kind)
    assert spoken(service.get("/api/nonce")) == service.nonce


Mounted = Callable[..., Service]


@pytest.fixture
def ninja(target: Target) -> Mounted:
    """Serves a NinjaAPI, which needs its library."""
    return partial(target.shared, "migration_mounted_django", ready=None, library="ninja")


@pytest.fixture
def rest_framework(target: Target) -> Mounted:
    """Serves a router of Django REST framework, which needs its library."""
    return partial(target.shared, "migration_mounted_django", ready=None, library="rest_framework")


def served(service: Service) -> None:
    for _ in range(2):
        sent = word()
        assert result(service.get(f"/v1/words/{sent}")) == {"word": sent}
    assert spoken(service.get("/nonce")) == service.nonce


@must("MIGRATION-g11", kills="migration_nothing_mounted_on_django")
def test_a_ninja_api_is_served_at_its_route(ninja: Mounted) -> None:
    served(ninja())


@must("MIGRATION-g11", kills="migration_nothing_mounted_on_django")
def test_a_router_of_django_rest_framework_is_served_at_its_route(rest_framework: Mounted) -> None:
    served(rest_framework())


@must("MIGRATION-g12b", kills="migration_mounts_need_a_root_api")
def test_a_service_without_a_root_api_serves_a_ninja_api(ninja: Mounted) -> None:
    service = ninja(alone=1)
    assert spoken(service.get("/api/nonce")) == service.nonce


@must("MIGRATION-g12b", kills="migration_mounts_need_a_root_api")
def test_a_service_without_a_root_api_serves_a_router(rest_framework: Mounted) -> None:
    service = rest_framework(alone=1)
    assert spoken(service.get("/api/nonce")) == service.nonce


@must("MIGRATION-g13", kills="migration_asgi_application_refused")
def test_djangos_asgi_application_is_taken_as_it_is(target: Target) -> None:
    assert target.probe("migration_asgi_application", "taken").value is True
    service = target.shared("migration_asgi_application", served=1)
    assert spoken(service.get("/api/nonce")) == service.nonce
