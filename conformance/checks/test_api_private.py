"""API-g7, API-13: what is private answers no request, and is a function like any other."""

from __future__ import annotations

import pytest

from conformance.checks.problem import REFUSALS, allowed
from conformance.checks.random_values import word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def documented(target: Target) -> Service:
    """api_private.py, which declares what the guide does."""
    return target.shared("api_private")


@pytest.fixture
def functions(target: Target) -> Service:
    return target.shared("api_private_functions")


@must("API-g7", kills=("api_private_answers", "api_private_at_the_shorter_path"))
def test_a_private_endpoint_has_no_public_access(documented: Service) -> None:
    for path in (f"shut?word={word()}", f"shelf/{word()}", "shelf"):
        answer = documented.get(f"/api/{path}")
        assert answer.status in REFUSALS, f"{path}: {answer}"


@must(
    "API-g7",
    kills=("api_private_class_answers", "api_private_class_answers_below", "api_private_class_answers_far_below"),
)
@pytest.mark.parametrize("path", ["hidden", "hidden/leaf", "hidden/deep/leaf", "hidden/deep/deepest/leaf"])
def test_a_private_class_and_what_is_below_it_have_no_public_access(documented: Service, path: str) -> None:
    sent = word()
    answer = documented.get(f"/api/{path}?word={sent}")
    assert answer.status in REFUSALS, str(answer)
    assert result(documented.get(f"/api/deep/leaf?word={sent}")) == {"deep": sent}
    assert result(documented.get(f"/api/deep/deepest/leaf?word={sent}")) == {"deepest": sent}


@must("API-13a", kills="api_private_is_forbidden")
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_private_path_is_as_one_that_does_not_exist(functions: Service, method: str) -> None:
    for path in ("shut", "hidden/leaf", "hidden/told", word()):
        answer = functions.request(method, f"/api/{path}?word={word()}")
        assert answer.status == 404, f"{method} {path}: {answer}"


@must("API-13a", kills="api_private_is_forbidden")
def test_a_private_method_of_a_public_path_is_as_one_that_is_not_there(functions: Service) -> None:
    assert functions.request("POST", "/api/both").text == "public"
    missing = functions.request("PUT", "/api/both")
    assert missing.status in REFUSALS, str(missing)
    for method in ("GET", "HEAD"):
        answer = functions.request(method, "/api/both")
        assert answer.status == missing.status, str(answer)
    assert allowed(functions.request("OPTIONS", "/api/both")) == {"OPTIONS", "POST"}


@must("API-13b", kills="api_private_is_gone")
def test_other_functions_call_a_private_one(functions: Service) -> None:
    for _ in range(2):
        sent = word()
        expected = [{"shut": sent}, ["", 0, None, False, sent]]
        assert result(functions.get(f"/api/calls?word={sent}")) == expected


# Where a class that inherits from a private one would be, and what it would have there.
HEIRS = {
    "derived": ("leaf", "told"),
    "renamed": ("leaf", "told"),
    "by_its_class": ("leaf",),
    "described": ("leaf",),
    "far-below": ("leaf", "own"),
    "far": ("leaf", "own"),
    "second-base": ("leaf", "other"),
    "second_base": ("leaf", "other"),
    "at": ("leaf",),
    "in": ("leaf",),
    "mounted": ("leaf", "told"),
}


@must("API-13c", kills=("api_private_is_not_inherited", "api_private_is_lost_with_a_route_of_its_own"))
def test_what_inherits_from_a_private_class_is_private(functions: Service) -> None:
    for place, names in HEIRS.items():
        for name in names:
            answer = functions.get(f"/api/{place}/{name}?word={word()}")
            assert answer.status == 404, f"{place}/{name}: {answer}"
    sent = word()
    assert result(functions.get(f"/api/other/other?word={sent}")) == {"other": sent}


@must("API-13c", kills="api_private_by_the_class_alone")
def test_what_a_private_route_mounts_is_private(functions: Service) -> None:
    sent = word()
    for path in ("by-value/leaf", "by_value/leaf", "by_annotation/leaf"):
        answer = functions.get(f"/api/{path}?word={sent}")
        assert answer.status == 404, str(answer)
    assert result(functions.get(f"/api/public/leaf?word={sent}")) == {"leaf": sent}
