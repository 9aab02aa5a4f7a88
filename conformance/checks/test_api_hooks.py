"""API and PLUGIN: hooks and plugins in the forms that the guides show."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from conformance.checks.plugin_order import FALSE, last, member, trace
from conformance.checks.random_values import word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def hooked(target: Target) -> Service:
    """api_hooks.py."""
    return target.shared("api_hooks")


@pytest.fixture
def annotated(target: Target) -> Service:
    """api_hook_annotations.py."""
    return target.shared("api_hook_annotations")


@must("API-g38", kills="api_after_hook_without_the_response_dropped")
def test_an_after_hook_does_without_the_response(hooked: Service) -> None:
    for endpoint in ("plain", "built"):
        path = f"/api/self_alone/{endpoint}?word={word()}"
        assert trace(hooked, path) == [endpoint, "noted"]
        assert result(hooked.get(path)) == {"word": path.rpartition("=")[2]}
        instead = word()
        assert result(hooked.get(f"{path}&instead={instead}")) == {"instead": instead}


@must("API-g40", kills="api_annotation_of_a_hook_is_its_own_alone")
def test_the_annotation_of_an_after_hook_is_the_template_of_plain_results(hooked: Service) -> None:
    text = word()
    assert member(hooked.get(f"/api/annotated/word?word={text}"), "items") == text
    for kind, value in FALSE.items():
        assert member(hooked.get(f"/api/annotated/false?kind={kind}"), "items") == value
    assert result(hooked.get(f"/api/annotated/beside?word={text}")) == {"beside": text}


@must(
    "PLUGIN-2d",
    kills=(
        "api_annotation_of_a_hook_behind_its_class",
        "api_annotation_of_the_last_hook",
        "api_annotation_of_the_outermost_hook",
        "api_annotation_of_a_hook_before_the_endpoints",
    ),
)
def test_of_annotations_the_nearest_is_the_template(annotated: Service) -> None:
    for mounted in ("nearest", "around/nearest"):
        text = word()
        assert member(annotated.get(f"/api/{mounted}/hooked?word={text}"), "items") == text
        assert result(annotated.get(f"/api/{mounted}/own?word={text}")) == {"kept": text}
        assert result(annotated.get(f"/api/{mounted}/none?word={text}")) == {"of_class": text}
    text = word()
    assert result(annotated.get(f"/api/around/outer?word={text}")) == {"kept": text}


@must("PLUGIN-2d", kills="api_annotation_of_a_hook_not_for_errors")
def test_an_error_is_put_into_the_template_that_an_after_hook_annotates(annotated: Service) -> None:
    for mounted in ("nearest", "around/nearest"):
        text = word()
        answer = annotated.get(f"/api/{mounted}/failing?word={text}")
        assert answer.status == 409
        assert answer.members() == {"items": None, "note": text}


# --- errors ---


def stack(service: Service, path: str) -> str:
    """The stack that a handler returned, whatever the status of that is."""
    return str(service.get(f"/api/failed/{path}?word={word()}").members().get("stack"))


@must("API-g44", kills=("api_traceback_is_that_of_the_handler", "api_traceback_of_what_a_thread_handles"))
def test_an_error_has_the_stack(hooked: Service) -> None:
    for _ in range(2):
        assert "failing_deep_within" in stack(hooked, "stack")
        assert "failing_deep_within" in stack(hooked, "plain/stack")
        refused = stack(hooked, "refused")
        assert "refused" in refused
        assert "failing_deep_within" not in refused


@must("API-g46", kills="api_error_of_another_class")
def test_the_class_of_a_handlers_argument_is_that_of_utils(hooked: Service) -> None:
    answer = hooked.get(f"/api/typed/failing?word={word()}")
    assert answer.members().get("error") is True, str(answer)


# --- plugins ---


def known(service: Service, path: str, text: str) -> list[list[str]]:
    """What the functions of a plugin were given as the API: its class, and whether its request is the one asked."""
    last(service)
    service.get(f"/api/{path}word={text}")
    return [[name, cls, url.rpartition("=")[2]] for name, cls, url in last(service, "seen")]


@must("PLUGIN-g4", kills=("plugin_api_is_none", "plugin_api_is_the_class"))
def test_a_plugin_that_takes_the_api_gets_the_instance(hooked: Service) -> None:
    for path, name in (("known/known?", "KnownAPI"), ("known_endpoint/known?", "KnownEndpointAPI")):
        text = word()
        assert known(hooked, path, text) == [["request", name, text], ["response", name, text]]
    text = word()
    failed = known(hooked, "known/known?fails=1&", text)
    assert failed == [["request", "KnownAPI", text], ["error", "KnownAPI", text]]


@must("PLUGIN-9f", kills=("plugin_api_is_none", "plugin_api_is_the_endpoints"))
def test_the_api_of_a_plugin_is_made_for_the_request_of_the_class_that_it_decorates(hooked: Service) -> None:
    for path, name in (("made/made", "MadeAPI"), ("made/below/below", "MadeAPI"), ("marked/told", "MarkedAPI")):
        text = word()
        told = trace(hooked, f"/api/{path}?word={text}")
        assert told == [["request", name, text, True], ["response", name, text, True]], path
    text = word()
    failed = trace(hooked, f"/api/made/made?word={text}&fails=1")
    assert failed == [["request", "MadeAPI", text, True], ["error", "MadeAPI", text, True]]


@must("PLUGIN-9f", kills="plugin_api_is_one_of_its_own")
def test_the_api_of_a_plugin_is_self_of_the_endpoint(hooked: Service) -> None:
    for _ in range(2):
        text = word()
        assert result(hooked.get(f"/api/marked/marked?word={text}")) == {"mark": text}


@must("PLUGIN-9f", kills="plugin_api_of_another_request")
@pytest.mark.parametrize("fails", [False, True], ids=["answers", "fails"])
def test_the_api_of_a_plugin_is_that_of_its_request_where_others_run_at_once(target: Target, fails: bool) -> None:
    service = target.shared("plugin_at_once")
    for _ in range(3):
        words = [f"{word()}{at}" for at in range(2)]
        paths = [f"/api/meeting/meets?word={words[at]}&other={words[1 - at]}&fails={fails}" for at in range(2)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(service.get, paths))
        assert [answer.header("x-word") for answer in answers] == words
        assert [result(answer) for answer in answers] == [{"error" if fails else "word": each} for each in words]


@must("PLUGIN-9f", kills="plugin_api_is_made_without_its_init")
def test_what_init_raises_is_the_answer_before_a_plugin_that_takes_the_api(hooked: Service) -> None:
    last(hooked)
    assert hooked.get("/api/marked/marked?refused=1").status == 403
    assert last(hooked) == []


@must("PLUGIN-g5", kills="plugin_takes_no_keywords")
def test_a_plugin_hands_keywords_on(hooked: Service) -> None:
    text = word()
    assert result(hooked.get(f"/api/keyed/keyed?word={text}")) == {"word": text}
