"""PREFERENCE: the switches of UtilMeta's own behaviour."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.check import must
from conformance.checks.problem import problem
from conformance.service import Service
from conformance.target import Target

LENIENT = pytest.mark.parametrize("preference", [{}, {"strict_root_route": "0"}], ids=["unset", "false"])


def routed(target: Target, **preference: Any) -> Service:
    return target.shared("routed", route="/api", **preference)


def body(service: Service, path: str) -> str:
    answer = service.get(path)
    assert answer.status == 200, str(answer)
    return answer.text


@must("PREFERENCE-1a", kills="preference_strict_by_default")
@LENIENT
def test_the_api_is_reached_with_and_without_the_root_route(target: Target, preference: dict[str, str]) -> None:
    service = routed(target, **preference)
    assert body(service, "/api/nonce") == body(service, "/nonce") == service.nonce
    assert body(service, "/api/user") == body(service, "/user") == "user"


@must("PREFERENCE-1a", kills="preference_root_route_taken_off_again")
@LENIENT
def test_the_root_route_is_taken_off_before_the_path_is_looked_up(target: Target, preference: dict[str, str]) -> None:
    service = routed(target, **preference)
    assert body(service, "/api/user") == "user"
    assert body(service, "/api/api/user") == "inner user"


@must("PREFERENCE-1a", kills="preference_root_route_cut_in_a_segment")
@LENIENT
def test_the_root_route_ends_at_a_segment(target: Target, preference: dict[str, str]) -> None:
    service = routed(target, **preference)
    assert body(service, "/ary") == "ary"
    assert service.get("/apiary").status == 404
    assert service.get("/apiary/user").status == 404


@must("PREFERENCE-1b", kills="preference_root_route_taken_off_again")
def test_strictly_only_paths_under_the_root_route_reach_the_api(target: Target) -> None:
    service = routed(target, strict_root_route="1")
    assert body(service, "/api/nonce") == service.nonce
    assert body(service, "/api/api/user") == "inner user"


@must("PREFERENCE-1b", kills=("preference_strict_ignored", "preference_root_route_cut_in_a_segment"))
@pytest.mark.parametrize("path", ["/nonce", "/user", "/ary", "/apiary", "/apiary/user", "/"])
def test_strictly_any_other_path_is_not_found(target: Target, path: str) -> None:
    answer = routed(target, strict_root_route="1").get(path)
    assert answer.status == 404, str(answer)


@must("ERROR-2a", kills="error_404_by_the_framework")
@pytest.mark.parametrize(
    ("preference", "path"), [({}, "/apiary"), ({"strict_root_route": "1"}, "/user")], ids=["a longer segment", "strict"]
)
def test_a_path_outside_the_root_route_is_a_problem(target: Target, preference: dict[str, str], path: str) -> None:
    problem(routed(target, **preference).get(path), 404)
