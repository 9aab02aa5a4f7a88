"""API: classes of endpoints, what they share and inherit, what cannot be declared (API-8: test_native_api.py)."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.checks.problem import errors, problem
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

TIMEOUT_SECONDS = 0.2  # of the scenario's endpoints
LATE_SECONDS = 2.0  # after which an answer to what timed out is too late; by themselves they take 5


@pytest.fixture
def served(target: Target) -> Service:
    """api_classes.py in development."""
    return target.shared("api_classes")


@pytest.fixture
def templated(target: Target) -> Service:
    """That of templates that some of what is below them declares."""
    return target.shared("api_templated_mounts")


@pytest.fixture
def inheriting(target: Target) -> Service:
    """That of classes that redefine endpoints of their bases."""
    return target.shared("api_overridden_endpoints")


def get(service: Service, path: str, token: str = "", **query: Any) -> Exchange:
    headers = [("X-Token", token)] if token else []
    return service.get(f"/api/{path}?{urlencode(query)}", headers=headers)


@must("API-1a", kills="api_route_of_the_class_first")
def test_the_nearest_route_of_a_mount_takes_the_place_of_its_name(served: Service) -> None:
    for name in ("by-value", "by-annotation", "by-its-class", "by_name"):
        path = f"mounted/{name}/leaf"
        assert result(get(served, path)) == {"at": f"/api/{path}"}
    for name in ("by_value", "by_annotation", "by_class"):
        problem(get(served, f"mounted/{name}/leaf"), 404)


@must("API-1b", kills="api_shared_parameter_not_converted")
def test_a_template_of_a_mount_is_a_parameter_of_its_class(served: Service) -> None:
    post, comment = number(), number()
    assert result(get(served, f"mounted/{post}/comments")) == {"post": post}
    assert result(get(served, f"mounted/{post}/comments/{comment}")) == {"post": post, "comment": comment}
    assert errors(get(served, f"mounted/{post}/comments/{word()}")) == {("path", "comment")}
    problem(get(served, "mounted/comments"), 404)


@must("API-1b", kills="api_templates_of_the_endpoint_alone")
def test_an_endpoint_declares_templates_of_what_it_is_below(templated: Service) -> None:
    slug, comment = word(), number()
    assert result(get(templated, f"templated/{slug}/named")) == {"slug": slug}
    found = result(get(templated, f"templated/{slug}/deeper/{comment}/named"))
    assert found == {"slug": slug, "number": comment}


@must("API-1b", kills="api_templates_of_the_endpoint_alone")
def test_what_declares_no_template_of_a_mount_has_the_path_all_the_same(templated: Service) -> None:
    slug, comment = word(), number()
    for path in (f"{slug}/whole", f"{slug}/deeper/{comment}/whole"):
        assert result(get(templated, f"templated/{path}")) == {"at": f"/api/templated/{path}"}
    for path in ("whole", f"{slug}/deeper/whole"):
        problem(get(templated, f"templated/{path}"), 404)


@must("API-2a", kills="api_inherited_endpoints_dropped")
def test_a_subclass_has_what_its_bases_declare(served: Service) -> None:
    text = word()
    assert result(get(served, "inherited/kept", word=text)) == {"kept": text}
    assert get(served, "inherited/other").text == "other"
    assert result(get(served, "inherited/leaf/leaf")) == {"at": "/api/inherited/leaf/leaf"}


@must("API-2a", kills="api_override_without_decorator_dropped")
def test_what_a_subclass_defines_takes_the_place_of_its_bases(served: Service) -> None:
    part = word()
    assert result(get(served, f"inherited/renamed/{part}")) == {"own": part}
    assert served.request("POST", "/api/inherited/moved").text == "own"
    problem(get(served, "inherited/moved"), 405)
    for name in ("gone", "lost/leaf"):
        assert get(served, f"inherited/{name}").status == 404, f"inherited/{name} is still there"


@must("API-2a", kills="api_mount_beside_what_it_replaces")
def test_a_mount_takes_the_place_of_an_endpoint(inheriting: Service) -> None:
    assert get(inheriting, "derived/turned/leaf").text == "leaf"
    problem(get(inheriting, "derived/turned"), 404)


@must("API-3", kills="api_instance_for_all_requests")
def test_init_is_the_set_up_of_each_request(served: Service) -> None:
    for _ in range(2):
        token, value = word(), number()
        expected = {"prepared": token.upper(), "limit": 10, "number": value, "times": 1}
        assert result(get(served, "prepared/shown", token, number=value)) == expected
    refused = problem(get(served, "prepared/shown", "forbidden", number=1), 403)
    assert refused.get("detail") == "not with this token"


@must("API-4a", kills="api_shared_parameter_not_converted")
def test_a_parameter_of_the_class_is_one_of_each_endpoint(served: Service) -> None:
    token, limit, item = word(), number(), word()
    shown = {"prepared": token.upper(), "limit": limit, "number": 1, "times": 1}
    assert result(get(served, "prepared/shown", token, number=1, limit=limit)) == shown
    assert result(get(served, f"prepared/{item}", token)) == {"item": item, "token": token}
    assert errors(get(served, f"prepared/{item}")) == {("header", "X-Token")}


@must("API-4a", kills="api_shared_parameter_not_converted")
def test_an_attribute_that_is_annotated_with_a_marker_is_one_too(served: Service) -> None:
    limit = number()
    assert result(get(served, "noted/noted", limit=limit)) == {"limit": limit}
    assert result(get(served, "noted/noted")) == {"limit": 10}
    assert errors(get(served, "noted/noted", limit=0)) == {("query", "limit")}


@must("API-4b", kills="api_shared_parameters_first")
def test_shared_and_own_parameters_are_told_in_one_answer(served: Service) -> None:
    for name in ("shown", "marked"):
        answer = get(served, f"prepared/{name}", number=word(), limit=0)
        assert errors(answer) == {("header", "X-Token"), ("query", "limit"), ("query", "number")}, name
    assert get(served, "prepared/marked", "token", number=1).header("x-prepared") == "TOKEN"


@must("API-5a", kills="api_mounted_without_the_request")
def test_a_mounted_api_is_called_through_its_name(served: Service) -> None:
    token, text, limit = word(), word(), number()
    assert result(get(served, f"calling/calls/{text}", token, limit=limit)) == [token, limit, text]
    assert result(get(served, "awaiting/awaited", token, word=text)) == [token, 10, text]
    assert result(get(served, "calling/once", token)) is True


@must("API-5b", kills="api_made_by_hand_without_parameters")
def test_any_api_class_is_made_of_a_request(served: Service) -> None:
    token, text, limit = word(), word(), number()
    assert result(get(served, f"calling/makes/{text}", token, limit=limit)) == [token, limit, text]
    assert errors(get(served, f"calling/makes/{text}", token, limit=0)) == {("query", "limit")}


@must("API-5b", kills="api_made_by_hand_without_parameters")
def test_so_is_one_whose_parameters_are_in_the_body(target: Target) -> None:
    served, title, size = target.shared("api_body_params"), word(), number()
    assert result(served.post("/api/draft", json={"title": title, "size": size})) == [title, size]
    assert result(served.post("/api/draft", form={"title": title})) == [title, 1]
    assert errors(served.post("/api/draft", json={"size": size})) == {("body", "title")}
    problem(served.post("/api/draft", body=b'{"title":', headers=[("Content-Type", "application/json")]), 400)


@must("API-6a", kills="api_options_in_the_answer")
def test_no_option_but_the_timeout_changes_an_answer(served: Service) -> None:
    text = word()
    answer = get(served, "timed/described", word=text)
    assert (answer.status, answer.text) == (200, text), str(answer)
    plain = {name for name, _ in get(served, "timed/marks").headers}
    assert {name for name, _ in answer.headers} == plain, str(answer)


def marked(service: Service, mark: str) -> bool:
    """Whether an endpoint leaves the mark within the time that an answer has."""
    until = Deadline.after(ANSWER)
    while mark not in result(get(service, "timed/marks")):
        if until.passed:
            return False
        time.sleep(0.02)
    return True


def late(service: Service, path: str, **query: Any) -> None:
    """The endpoint is answered 503 when its time is over."""
    began = time.monotonic()
    answer = get(service, path, **query)
    took = time.monotonic() - began
    problem(answer, 503)
    assert TIMEOUT_SECONDS <= took < LATE_SECONDS, f"it took {took:.2f} s"


@must("API-7a", "API-7c", kills="api_timeout_ignored")
def test_an_endpoint_that_takes_too_long_is_answered_503(served: Service) -> None:
    slow, quick = word(), word()
    late(served, "timed/plain", waits=1, mark=slow)
    assert get(served, "timed/plain", mark=quick).text == quick
    marks = result(get(served, "timed/marks"))
    assert (quick in marks, slow in marks) == (True, False), marks
    assert result(served.request("POST", f"/api/timed/release?mark={slow}")) is None
    assert marked(served, slow), "it does not go on"
    assert get(served, "timed/plain", mark=quick).text == quick


@must("API-7b", kills="api_timeout_cancels_nothing")
def test_an_async_def_endpoint_is_cancelled(served: Service) -> None:
    mark = word()
    late(served, "timed/awaited", mark=mark)
    assert marked(served, f"{mark} cancelled"), "it is not cancelled"


@must(
    "API-2b",
    "API-6b",
    "API-9",
    kills=(
        "api_two_bases_with_one_name",
        "api_options_of_any_type",
        "api_any_parameters",
        "api_any_type_of_a_text",
    ),
)
def test_what_cannot_work_is_refused_with_class_function_and_parameter(target: Target) -> None:
    found: dict[str, dict[str, Any]] = target.probe("api_invalid_declarations", "declared").value
    right = found.pop("nothing wrong")
    assert right["error"] is None, right
    wrong = {what: told for what, told in found.items() if told["error"] is None or told["lacks"]}
    assert not wrong, "\n".join(f"{what}: {told}" for what, told in wrong.items())
