"""API: classes of endpoints, what they share and inherit, what cannot be declared (API-8: test_native_api.py)."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.checks.declarations import declarations_refused
from conformance.checks.problem import REFUSALS, errors
from conformance.checks.random_values import number, word
from conformance.checks.result import result, spoken
from conformance.contract.check import must
from conformance.contract.variant import Variant
from conformance.foundation import seeded_random
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

TIMEOUT_SECONDS = 0.2  # of the scenario's endpoints
LATE_SECONDS = 2.0  # after which an answer to what timed out is too late; by themselves they take 5


@pytest.fixture
def documented(target: Target) -> Service:
    """api_documented.py, which declares what the guides do."""
    return target.shared("api_documented")


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


@must("API-1a", kills="api_route_of_the_class_ignored")
def test_the_route_of_a_mounted_class_takes_the_place_of_its_name(documented: Service) -> None:
    assert result(get(documented, "mounted/by-its-class/leaf")) == {"leaf": documented.nonce}
    answer = get(documented, "mounted/by_class/leaf")
    assert answer.status == 404, str(answer)


@must("API-1c", kills="api_route_of_the_class_first")
def test_the_nearest_route_of_a_mount_wins(served: Service) -> None:
    for name in ("by-value", "by-annotation", "by_name"):
        assert result(get(served, f"routed/{name}/leaf")) == {"leaf": served.nonce}, name
    for name in ("by_value", "by_annotation", "first-class", "second-class"):
        answer = get(served, f"routed/{name}/leaf")
        assert answer.status == 404, f"{name}: {answer}"


@must("API-17", kills="api_route_named_by_its_summary")
def test_a_route_of_a_mount_takes_options(served: Service) -> None:
    for name in ("short-value", "short-annotation"):
        assert result(get(served, f"described_routes/{name}/leaf")) == {"leaf": served.nonce}, name


@must("API-1b", kills="api_shared_parameter_not_converted")
def test_a_template_of_a_mount_is_a_parameter_of_its_class(documented: Service) -> None:
    post, comment = number(), number()
    assert result(get(documented, f"mounted/{post}/comments")) == {"post": post}
    assert result(get(documented, f"mounted/{post}/comments/{comment}")) == {"post": post, "comment": comment}


@must("API-1e", kills="api_templates_of_the_endpoint_alone")
def test_an_endpoint_declares_templates_of_what_it_is_below(templated: Service) -> None:
    slug, comment = word(), number()
    assert result(get(templated, f"templated/{slug}/named")) == {"slug": slug}
    found = result(get(templated, f"templated/{slug}/deeper/{comment}/named"))
    assert found == {"slug": slug, "number": comment}


@must("API-1d", kills="api_templates_of_the_endpoint_alone")
def test_what_declares_no_template_of_a_mount_has_the_path_all_the_same(target: Target) -> None:
    served, slug = target.shared("api_templated_mounts", undeclared=1), word()
    assert result(get(served, f"undeclared/{slug}/whole")) == {"whole": served.nonce}
    assert result(get(served, f"undeclared/{slug}/deeper/{number()}/deep")) == {"deep": served.nonce}
    for path in ("whole", f"{slug}/deeper/deep"):
        answer = get(served, f"undeclared/{path}")
        assert answer.status == 404, str(answer)


@must("API-2a", kills="api_inherited_endpoints_dropped")
@pytest.mark.parametrize("name", ["one", "other", "own"])
def test_a_class_has_the_endpoints_of_its_bases_and_its_own(documented: Service, name: str) -> None:
    assert spoken(get(documented, f"joined/{name}")) == name


AWAY = {"given": None, "marked": None, "defaulted": None}  # shared parameters that a subclass has taken away


@must("API-2c", kills="api_inherited_endpoints_dropped")
def test_a_subclass_has_what_its_bases_declare(served: Service) -> None:
    text = word()
    assert result(get(served, "inherited/kept", word=text)) == {**AWAY, "word": text}
    assert get(served, "inherited/other").text == "other"
    assert result(get(served, "inherited/leaf/leaf")) == {"leaf": served.nonce}


@must("API-2c", kills="api_override_without_decorator_dropped")
def test_what_a_subclass_defines_takes_the_place_of_its_bases(served: Service) -> None:
    part = word()
    assert result(get(served, f"inherited/renamed/{part}")) == {"own": part}
    assert served.request("POST", "/api/inherited/moved").text == "own"
    answer = get(served, "inherited/moved")
    assert answer.status in REFUSALS, str(answer)
    for name in ("gone", "lost/leaf"):
        answer = get(served, f"inherited/{name}")
        assert answer.status == 404, f"inherited/{name} is still there: {answer}"


@must("API-2c", kills="api_parameter_that_is_none_has_that_default")
def test_none_takes_a_shared_parameter_away(served: Service) -> None:
    for path in ("inherited", "heir"):
        several: list[dict[str, Any]] = [
            {},
            {"given": word(), "marked": word(), "defaulted": 0},
            {"defaulted": word()},
        ]
        for sent in several:
            assert result(get(served, f"{path}/kept", **sent)) == {**AWAY, "word": "none"}, f"{path} {sent}"
    given = word()
    taken: list[dict[str, Any]] = [{"defaulted": seeded_random.below(10)}, {"defaulted": 0, "marked": word()}]
    for sent in taken:
        anew = {"word": "none", "given": given, "marked": "anew", **sent}
        assert result(get(served, "anew/kept", given=given, **sent)) == anew
    refused: list[dict[str, Any]] = [{"defaulted": 0}, {"given": given}, {"given": given, "defaulted": 10}]
    for sent in refused:
        answer = get(served, "anew/kept", **sent)
        assert answer.status in REFUSALS, f"{sent}: {answer}"


@must("API-2c", kills="api_mount_beside_what_it_replaces")
def test_a_mount_takes_the_place_of_an_endpoint(inheriting: Service) -> None:
    assert get(inheriting, "derived/turned/leaf").text == "leaf"
    answer = get(inheriting, "derived/turned")
    assert answer.status == 404, str(answer)


@must("API-3", kills="api_init_not_called")
def test_hooks_and_endpoint_see_what_init_sets_and_its_error_is_the_answer(documented: Service) -> None:
    token = word()
    assert result(get(documented, "prepared/seen", token)) == {"endpoint": token.upper(), "hook": token.upper()}
    refusal = get(documented, "prepared/seen", "forbidden")
    assert refusal.status == 403, str(refusal)


@must("API-3b", kills="api_instance_for_all_requests")
def test_init_is_the_set_up_of_each_request(served: Service) -> None:
    for _ in range(2):
        token, value = word(), number()
        expected = {"prepared": token.upper(), "limit": 10, "number": value, "times": 1}
        assert result(get(served, "prepared/shown", token, number=value)) == expected


@must("API-4a", kills="api_shared_parameter_not_converted")
def test_a_parameter_of_the_class_is_one_of_each_endpoint(documented: Service) -> None:
    token, limit, item = word(), number(), word()
    shown = {"prepared": token.upper(), "limit": limit, "number": 1}
    assert result(get(documented, "prepared/shown", token, number=1, limit=limit)) == shown
    assert result(get(documented, f"prepared/items/{item}", token)) == {"item": item, "token": token}
    refusal = get(documented, f"prepared/items/{item}")
    assert refusal.status in REFUSALS, str(refusal)


@must("API-4c", kills="api_shared_parameter_not_converted")
def test_an_attribute_that_is_annotated_with_a_marker_is_a_parameter_of_the_class(served: Service) -> None:
    limit = number()
    assert result(get(served, "noted/noted", limit=limit)) == {"limit": limit}
    assert result(get(served, "noted/noted")) == {"limit": 10}
    assert errors(get(served, "noted/noted", limit=0)) == {("query", "limit")}


@must("API-4b", kills=("api_shared_parameters_first", "api_shared_parameters_alone_before_plugins"))
def test_shared_and_own_parameters_are_told_in_one_answer(served: Service) -> None:
    for path in ("prepared/shown", "prepared/marked", "before/shown", "plugin/shown"):
        answer = get(served, path, number=word(), limit=0)
        assert errors(answer) == {("header", "X-Token"), ("query", "limit"), ("query", "number")}, path
        answer = get(served, path, word(), number=word())
        assert errors(answer) == {("query", "number")}, path


@must("API-5a", kills="api_mounted_without_the_request")
def test_a_mounted_api_is_called_through_its_name(documented: Service) -> None:
    token, text, limit = word(), word(), number()
    assert result(get(documented, f"calling/calls/{text}", token, limit=limit)) == [token, limit, text]


@must("API-5c", kills="api_mounted_without_the_request")
def test_what_a_function_of_a_mounted_api_gives_is_what_the_call_gives(served: Service) -> None:
    token, text = word(), word()
    assert result(get(served, "awaiting/awaited", token, word=text)) == [token, 10, text]
    assert result(get(served, "calling/once", token)) is True


@must("API-5b", kills="api_made_by_hand_without_parameters")
def test_any_api_class_is_made_of_a_request(documented: Service) -> None:
    token, text, limit = word(), word(), number()
    assert result(get(documented, f"calling/makes/{text}", token, limit=limit)) == [token, limit, text]


@must("API-5d", kills="api_made_by_hand_without_parameters")
def test_what_is_wrong_with_its_parameters_is_the_answer(served: Service) -> None:
    refusal = get(served, f"calling/makes/{word()}", word(), limit=0)
    assert refusal.status in REFUSALS, str(refusal)


@must("API-5d", kills="api_made_by_hand_without_parameters")
def test_an_instance_of_a_class_with_parameters_in_the_body_is_made_by_hand(target: Target) -> None:
    served, title, size = target.shared("api_body_params"), word(), number()
    assert result(served.post("/api/draft", json={"title": title, "size": size})) == [title, size]
    assert result(served.post("/api/draft", form={"title": title})) == [title, 1]
    for body in (b'{"size": 1}', b'{"title":'):
        refusal = served.post("/api/draft", body=body, headers=[("Content-Type", "application/json")])
        assert refusal.status in REFUSALS, str(refusal)


@must("API-6a", kills="api_deprecated_is_gone")
def test_decorators_take_options(documented: Service) -> None:
    text = word()
    assert spoken(get(documented, "described/public", word=text)) == text


@must("API-6c", kills="api_options_in_the_answer")
def test_options_for_the_document_change_no_answer(served: Service) -> None:
    text = word()
    plain = get(served, "described/plain", word=text)
    answer = get(served, "described/public", word=text)
    assert answer.status == 200, str(answer)
    assert answer.text == text, str(answer)
    assert dict(answer.headers).keys() == dict(plain.headers).keys(), str(answer)


def marked(service: Service, mark: str) -> bool:
    """Whether an endpoint leaves the mark within the time that an answer has."""
    until = Deadline.after(ANSWER)
    while mark not in result(get(service, "timed/marks")):
        if until.passed:
            return False
        time.sleep(0.02)
    return True


def late(service: Service, path: str, **query: Any) -> float:
    """The endpoint is answered 503; the seconds that this took."""
    began = time.monotonic()
    answer = get(service, path, **query)
    took = time.monotonic() - began
    assert answer.status == 503, str(answer)
    return took


@must("API-7a", kills="api_timeout_ignored")
def test_an_endpoint_that_takes_too_long_is_answered_503(documented: Service, variant: Variant) -> None:
    late(documented, "timed/plain")
    if variant.asynchronous:
        late(documented, "timed/awaited")


@must("API-7d", kills="api_timeout_ignored")
def test_an_endpoint_is_answered_503_when_its_time_is_over(served: Service, variant: Variant) -> None:
    slow = word()
    took = [late(served, "timed/plain", waits=1, mark=slow)]
    assert served.request("POST", f"/api/timed/release?mark={slow}").status == 200
    if variant.asynchronous:  # whose timeout is a timedelta
        took.append(late(served, "timed/awaited", mark=slow))
    assert [seconds for seconds in took if not TIMEOUT_SECONDS <= seconds < LATE_SECONDS] == []


@must("API-7c", kills="api_timeout_ignored")
def test_what_a_plain_endpoint_still_does_goes_on(served: Service) -> None:
    slow, quick = word(), word()
    late(served, "timed/plain", waits=1, mark=slow)
    assert get(served, "timed/plain", mark=quick).text == quick
    marks = result(get(served, "timed/marks"))
    assert [mark for mark in (quick, slow) if mark in marks] == [quick], marks
    assert served.request("POST", f"/api/timed/release?mark={slow}").status == 200
    assert marked(served, slow) is True, "it does not go on"
    assert get(served, "timed/plain", mark=quick).text == quick


@must("API-7b", kills="api_timeout_cancels_nothing")
def test_an_async_def_endpoint_is_cancelled(served: Service) -> None:
    mark = word()
    late(served, "timed/awaited", mark=mark)
    assert marked(served, f"{mark} cancelled") is True, "it is not cancelled"


@must("API-2b", kills="api_two_bases_with_one_name")
def test_bases_whose_paths_collide_are_refused(target: Target) -> None:
    declarations_refused(target, "API-2b")


@must("API-2d", kills="api_two_bases_with_one_name")
def test_two_bases_and_two_mounts_that_collide_are_named(target: Target) -> None:
    declarations_refused(target, "API-2d")


@must("API-6b", kills="api_options_of_any_type")
def test_an_option_of_another_name_or_type_is_refused_with_its_function(target: Target) -> None:
    declarations_refused(target, "API-6b")


@must("API-9", kills=("api_any_parameters", "api_any_type_of_a_text"))
def test_what_cannot_work_is_refused_with_class_function_and_parameter(target: Target) -> None:
    declarations_refused(target, "API-9")


@must("REQUEST-g6", kills="request_templates_side_by_side_taken")
def test_two_templates_with_nothing_between_them_are_refused(target: Target) -> None:
    declarations_refused(target, "REQUEST-g6")
