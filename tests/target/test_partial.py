"""A scenario that an implementation cannot load whole is served without what it lacks, and says what that is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from conformance.contract.check import SCENARIOS
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import Blocked, ScenarioFailed
from conformance.target import implementation
from conformance.target.missing import MissingPart, Use
from conformance.target.target import Target
from tests.conftest import FAKES


@pytest.fixture(scope="module", params=["flask-sync", "starlette-async"])
def reference(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The reference, which lacks what the scenario `partial` asks for."""
    folder = tmp_path_factory.mktemp("scenarios")
    for file in (SCENARIOS / "scenario.py", FAKES / "scenarios" / "partial.py"):
        shutil.copy(file, folder)
    with Target(implementation.find("reference"), Variant.parse(request.param), folder, partial=True) as opened:
        yield opened


@pytest.fixture
def target(reference: Target) -> Target:
    """The same, of which no check has asked anything yet."""
    reference.forget_check()
    return reference


def used(target: Target) -> dict[str, Use]:
    """The missing parts of the trace that a check had to do with, and what."""
    return {part.part: part.use for part in target.trace.missing if part.use is not Use.NONE}


LEFT_OUT = {
    "@api.Nothing of RootAPI": Use.LEFT_OUT,
    "RootAPI.hook": Use.LEFT_OUT,
    "utilmeta.UtilMeta(no_such_keyword)": Use.LEFT_OUT,
    "service.use(Absent())": Use.LEFT_OUT,
}


def test_what_is_not_missing_is_served(target: Target) -> None:
    service = target.shared("partial")
    answer = service.get("/api/annotated?word=kept")
    assert (answer.status, answer.text) == (200, "kept")
    assert target.trace.missing
    assert set(used(target).items()) - {("utilmeta.core.api.Absent", Use.NEAR)} == set(LEFT_OUT.items())


@pytest.mark.parametrize(
    ("method", "path", "part"),
    [
        ("GET", "/api/item/7", "partial.RootAPI.item"),
        ("POST", "/api/field", "partial.RootAPI.field"),
        ("HEAD", "/api/item/7", "partial.RootAPI.item"),
        ("GET", "/api/nested/leaf?x=1", "RootAPI.nested"),
        ("GET", "/api/raised", "utilmeta.core.api.Absent"),
    ],
)
def test_a_request_for_what_is_missing_is_told(target: Target, method: str, path: str, part: str) -> None:
    service = target.shared("partial")
    service.get("/api/nonce")
    assert part not in used(target)
    service.request(method, path)
    assert used(target)[part] is Use.STOOD_IN


def test_a_stub_says_what_it_stands_for_under_a_text_that_is_the_harnesss_alone(target: Target) -> None:
    answer = target.shared("partial").get("/api/item/7")
    assert target.orders.marker in answer.text
    assert "partial.RootAPI.item is missing" in answer.text


def test_a_function_whose_annotation_is_missing_runs_and_is_told(target: Target) -> None:
    service = target.shared("partial")
    assert "utilmeta.core.api.Absent" not in used(target)
    service.get("/api/annotated")
    assert used(target)["utilmeta.core.api.Absent"] is Use.NEAR


def test_of_a_name_it_is_known_which_requirement_promises_it_and_what_was_said(target: Target) -> None:
    target.shared("partial")
    missing = {part.part: part for part in target.trace.missing}
    assert missing["utilmeta.core.api.Absent"] == MissingPart(
        "utilmeta.core.api.Absent",
        "APPLICATION-4",
        True,
        "ImportError: cannot import name 'Absent' from 'utilmeta.core.api'",
        Use.NONE,
    )


def test_a_shared_service_tells_each_check_what_it_lacks(target: Target) -> None:
    for _ in range(2):
        target.forget_check()
        service = target.shared("partial")
        assert used(target) == LEFT_OUT
        service.get("/api/item/7")
        assert used(target)["partial.RootAPI.item"] is Use.STOOD_IN


@pytest.mark.parametrize(("function", "part"), [("probed", "partial.Derived"), ("imports", "utilmeta.conf.Nowhere")])
def test_a_probe_that_needs_what_is_missing_tells_so(target: Target, function: str, part: str) -> None:
    result = target.probe("partial", function)
    assert result.types
    assert used(target)[part] is Use.STOOD_IN


def test_a_probe_that_does_not_need_it_answers(target: Target) -> None:
    assert target.probe("partial", "whole").value == "whole"
    assert Use.STOOD_IN not in used(target).values()


def test_a_scenario_that_has_to_be_whole_is_not_served_in_part(target: Target) -> None:
    with pytest.raises(ScenarioFailed, match="cannot import name 'Absent'"):
        target.serve("partial", whole=True)


def test_a_target_serves_nothing_in_part_unless_it_is_told_to(target: Target) -> None:
    with (
        Target(target.implementation, target.variant, target.scenarios) as other,
        pytest.raises(ScenarioFailed, match="cannot import name 'Absent'"),
    ):
        other.serve("partial")


def opened(name: str) -> Target:
    return Target(implementation.load(FAKES / f"{name}.toml"), Variant.parse("flask-sync"), partial=True)


def test_endpoints_that_are_refused_when_the_application_is_built_are_found_named_or_not() -> None:
    with opened("refuses_endpoints") as target:
        service = target.root()
        assert service.get("/api/hello").text == "world"
        assert used(target) == {}
        assert target.orders.marker in service.get("/api/code/abc").text
        assert target.orders.marker in service.post("/api/echo", json={}).text
        assert set(used(target)) == {"root.RootAPI.code", "root.RootAPI.echo"}


def test_a_decorator_of_a_mounted_class_is_missing_where_that_is_mounted_alone() -> None:
    with opened("lacks_cors") as target:
        service = target.shared("error_raised", ready=None)
        decorator = "@api.CORS of CrossedAPI"
        service.get("/api/handled/awaited")
        assert decorator not in used(target)
        service.get("/api/crossed/awaited")
        assert used(target)[decorator] is Use.LEFT_OUT


def test_where_the_smallest_service_is_not_served_others_are_blocked_and_it_is_not() -> None:
    with opened("serves_nothing") as target:
        for _ in range(2):
            with pytest.raises(Blocked, match="AttributeError: the framework has no on_event") as blocked:
                target.root()
            assert blocked.value.by == "BACKEND-1"
        with pytest.raises(ScenarioFailed) as failed:
            target.serve("application_hello_world", ready=None)
        assert not isinstance(failed.value, Blocked)
