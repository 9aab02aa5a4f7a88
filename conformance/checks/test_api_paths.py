"""API: the paths of endpoints that a function's name or another endpoint decides, routes with options, the root API."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.declarations import declarations_refused
from conformance.checks.random_values import word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def documented(target: Target) -> Service:
    """api_paths.py, which declares what the guides do."""
    return target.shared("api_paths")


@must("API-g5", kills="api_core_method_with_a_template")
def test_a_function_named_after_a_method_has_no_template(target: Target) -> None:
    declarations_refused(target, "API-g5")


@must("API-12", kills="api_core_method_of_another")
def test_the_error_names_class_and_function(target: Target) -> None:
    declarations_refused(target, "API-12")


@must("API-14", kills="api_route_options_of_any_type")
def test_a_wrong_option_of_a_route_is_named(target: Target) -> None:
    declarations_refused(target, "API-14")


@must("API-g15", kills="api_route_named_by_its_summary")
def test_a_route_takes_options_beside_the_path(documented: Service) -> None:
    sent = word()
    assert result(documented.get(f"/api/described/leaf?word={sent}")) == {"leaf": sent}


@must("API-g33", kills="api_path_of_an_endpoint_is_its_name")
def test_a_decorator_takes_the_path_of_an_endpoint(documented: Service) -> None:
    sent = word()
    path = f"/api/articles/{sent}/favorite"
    assert result(documented.request("POST", path)) == {"like": sent}
    assert result(documented.request("DELETE", path)) == {"unlike": sent}


@must("API-g33", kills="api_path_of_an_endpoint_is_the_classs")
def test_the_path_of_an_endpoint_without_a_template_is_its_name(documented: Service) -> None:
    assert result(documented.get("/api/articles/feed")) == {"feed": documented.nonce}
    assert result(documented.request("PUT", "/api/articles/feed")) == {"refresh": documented.nonce}


@must("API-g33", kills=("api_path_of_an_endpoint_is_never_empty", "api_path_of_an_endpoint_is_its_name"))
def test_the_path_of_an_endpoint_may_be_that_of_its_class(documented: Service) -> None:
    for path, method, name in (("shelf", "GET", "books"), ("shelf", "DELETE", "clear"), ("core", "PATCH", "change")):
        sent = word()
        assert result(documented.request(method, f"/api/{path}?word={sent}")) == {name: sent}


@must("API-16", kills=("api_two_decorators_taken", "api_two_decorators_taken_in_a_mixin"))
def test_two_decorators_above_one_function_are_an_error(target: Target) -> None:
    declarations_refused(target, "API-16")


def mounted(target: Target, by: str, **settings: Any) -> Service:
    return target.shared("api_root_by_mount", ready=None, by=by, **settings)


@must("API-g17", kills="api_mount_decorates_at_the_root")
def test_mount_decorates_the_root_api(target: Target) -> None:
    sent = word()
    assert result(mounted(target, "decorator").get(f"/api/user?word={sent}")) == {"user": sent}


@must("API-g18", kills="api_mount_is_no_root")
@pytest.mark.parametrize("by", ["class", "reference"])
def test_what_is_mounted_is_the_root_api_at_that_route(target: Target, by: str) -> None:
    sent, service = word(), mounted(target, by)
    for root in ("/api", ""):  # as of a root API that was given (PREFERENCE-1a)
        assert result(service.get(f"{root}/user?word={sent}")) == {"user": sent}


@must("API-15a", kills="api_mount_is_no_root")
def test_the_route_of_a_mount_is_the_root_route(target: Target) -> None:
    sent, strict = word(), mounted(target, "class", strict_root_route=1)
    assert result(strict.get(f"/api/user?word={sent}")) == {"user": sent}
    answer = strict.get(f"/user?word={sent}")
    assert answer.status == 404, str(answer)
    below = mounted(target, "class", route="/v1")
    for root in ("/v1/api", ""):
        assert result(below.get(f"{root}/user?word={sent}")) == {"user": sent}
    answer = below.get(f"/api/user?word={sent}")
    assert answer.status == 404, str(answer)


@must("API-15a", kills="api_first_mount_is_the_root")
def test_of_several_each_is_at_its_own_route_alone(target: Target) -> None:
    service = target.shared("application_without_api", ready=None, mounted="several")
    sent = word()
    assert service.get("/api/nonce").text == service.nonce
    assert result(service.get(f"/front?word={sent}")) == {"front": sent}
    assert result(service.get(f"/shop/items/{sent}")) == {"item": sent}
    assert result(service.get(f"/api/orders?word={sent}")) == {"order": sent}
    for path in ("/nonce", f"/items/{sent}", f"/orders?word={sent}"):
        answer = service.get(path)
        assert answer.status == 404, str(answer)


@must("API-15b", kills="api_mounted_twice_is_no_root")
@pytest.mark.parametrize("by", ["class and reference", "api and class", "api and reference"])
def test_a_class_that_is_given_twice_is_served_once(target: Target, by: str) -> None:
    sent, service = word(), mounted(target, by)
    for root in ("/api", ""):
        assert result(service.get(f"{root}/user?word={sent}")) == {"user": sent}
    answer = service.get(f"/api/api/user?word={sent}")
    assert answer.status == 404, str(answer)


@must("API-15b", kills="api_mounted_below_itself_dropped")
@pytest.mark.parametrize("by", ["api and class below", "api and reference below"])
def test_a_class_that_is_given_for_two_places_is_at_both(target: Target, by: str) -> None:
    sent, service = word(), mounted(target, by)
    for root in ("/api", "/api/api"):
        assert result(service.get(f"{root}/user?word={sent}")) == {"user": sent}
