"""APPLICATION: what `service.application()` returns, and what it serves."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.result import spoken
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.service import NONCE_PATH, Script
from conformance.target.target import Target


@must("APPLICATION-1", kills="application_is_the_wsgi_function")
def test_the_application_is_of_the_frameworks_own_class(target: Target, variant: Variant) -> None:
    # Not of a served one: an application of another class is not served at all, which is a fault and no assertion.
    classes = target.probe("service_construction", "application").value
    assert variant.framework.applications[variant.mode] in classes


@must("APPLICATION-1b", kills="application_made_at_every_call")
def test_a_second_call_returns_the_same_object_and_registers_nothing_twice(target: Target) -> None:
    found = target.probe("application_build", "twice").value
    assert found["same"] is True
    assert found["after"] == found["before"]


def workers(target: Target, **settings: Any) -> Script:
    """A service that Sanic runs with two workers."""
    port = loopback.free_port(target.host)
    return target.script(
        "application_sanic_workers", address=(target.host, port), ready=None, host=target.host, port=port, **settings
    )


@must("APPLICATION-2", start=Start.SCRIPT, kills="application_routes_in_the_main_module_alone")
def test_worker_processes_serve_every_route(target: Target) -> None:
    script = workers(target)
    assert spoken(script.get(NONCE_PATH)) == script.nonce
    for route in ("/api/pid", "/api/another"):
        assert int(spoken(script.get(route))) != script.pid


@must("APPLICATION-2b", start=Start.SCRIPT, kills="application_routes_in_the_main_module_alone")
def test_each_of_several_workers_serves_mounts_and_templates(target: Target) -> None:
    script = workers(target, mounted=1)
    routes = ("/api/pid", "/api/item", f"/api/item/{seeded_random.word()}/part")
    answered: dict[str, set[int]] = {route: set() for route in routes}
    until = Deadline.after(ANSWER)
    while not until.passed and any(len(pids) < 2 for pids in answered.values()):
        for route in routes:
            answered[route].add(int(spoken(script.get(route))))
    pids = answered["/api/pid"]
    assert len(pids) == 2, f"two workers were asked for, and requests were answered by {pids}"
    assert answered == dict.fromkeys(routes, pids)


@must("APPLICATION-3", kills="application_mounts_need_a_root_api")
def test_without_an_api_what_is_mounted_is_served(target: Target) -> None:
    service = target.shared("application_without_api", ready=None, mounted=1)
    assert spoken(service.get(NONCE_PATH)) == service.nonce


@must("APPLICATION-3b", kills="application_unavailable_without_api")
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_without_an_api_every_path_is_not_found(target: Target, method: str) -> None:
    service = target.shared("application_without_api", ready=None)
    for path in ("/", "/api", f"/{seeded_random.word()}"):
        assert service.request(method, path).status == 404


@must("APPLICATION-4", kills="service_route_ignored")
def test_hello_world_answers_as_the_page_says(target: Target) -> None:
    assert spoken(target.shared("application_hello_world", ready=None).get("/api/hello")) == "world"


@must("APPLICATION-4b", kills="application_text_is_html")
def test_hello_world_is_plain_text(target: Target) -> None:
    answer = target.shared("application_hello_world", ready=None).get("/api/hello")
    assert answer.content_type == "text/plain", str(answer)
