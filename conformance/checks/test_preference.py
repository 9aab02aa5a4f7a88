"""PREFERENCE: the switches of UtilMeta's own behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from conformance.checks import wheel
from conformance.checks.log import logged
from conformance.checks.problem import problem
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

LENIENT = pytest.mark.parametrize("preference", [{}, {"strict_root_route": "0"}], ids=["unset", "false"])


def routed(target: Target, **preference: Any) -> Service:
    return target.shared("service_root_route", route="/api", **preference)


def body(service: Service, path: str) -> str:
    """A text that was answered 200, whether as JSON or as it is."""
    answer = service.get(path)
    assert answer.status == 200, str(answer)
    return answer.text.strip('"')


@must("PREFERENCE-1a", kills="preference_strict_by_default")
@LENIENT
def test_the_api_is_reached_with_and_without_the_root_route(target: Target, preference: dict[str, str]) -> None:
    service = routed(target, **preference)
    for root in ("/api", ""):
        assert body(service, f"{root}/nonce") == service.nonce
        assert body(service, f"{root}/user") == "user"


@must("PREFERENCE-1b", kills="preference_strict_ignored")
def test_strictly_only_paths_under_the_root_route_reach_the_api(target: Target) -> None:
    service = routed(target, strict_root_route="1")
    assert body(service, "/api/nonce") == service.nonce
    assert body(service, "/api/user") == "user"
    for path in ("/nonce", "/user", "/ary", "/"):
        assert service.get(path).status == 404


EACH = pytest.mark.parametrize("preference", [{}, {"strict_root_route": "1"}], ids=["unset", "strict"])


@must("PREFERENCE-1c", kills="preference_root_route_taken_off_again")
@EACH
def test_the_root_route_is_taken_off_once_before_the_path_is_looked_up(
    target: Target, preference: dict[str, str]
) -> None:
    service = routed(target, inner=1, **preference)
    assert body(service, "/api/user") == "user"
    assert body(service, "/api/api/user") == "inner user"


@must("PREFERENCE-1c", kills="preference_root_route_cut_in_a_segment")
@EACH
def test_the_root_route_ends_at_a_segment(target: Target, preference: dict[str, str]) -> None:
    service = routed(target, **preference)
    assert body(service, "/api/ary") == "ary"
    for path in ("/apiary", "/apiary/user"):
        assert service.get(path).status == 404


@must("ERROR-2a", kills="error_404_by_the_framework")
@pytest.mark.parametrize(
    ("preference", "path"), [({}, "/apiary"), ({"strict_root_route": "1"}, "/user")], ids=["a longer segment", "strict"]
)
def test_a_path_outside_the_root_route_is_a_problem(target: Target, preference: dict[str, str], path: str) -> None:
    problem(routed(target, **preference).get(path), 404)


# PREFERENCE-2b and c: the endpoints of preference_strict_results.py whose result is annotated: path, name, and the
# field that does not fit when the result does not.
PROMISES = {
    "a": ("whole", None),
    "b": ("perhaps", None),
    "c": ("several", "1"),
    "d": ("grouped", "altitude"),
    "e": ("located", "longitude"),
    "f": ("visited", "longitude"),
    "g": ("computed", "longitude"),
    "h": ("entered", "latitude"),
    "i": ("surplus", "longitude"),
    "j": ("headed", "altitude"),
    "k": ("whatever", None),
    "l": ("silent", None),
}


def number() -> str:
    return str(10**12 + seeded_random.below(10**12))


def strict(target: Target) -> Service:
    return target.shared("preference_strict_results", strict="1", production="1")


@dataclass(frozen=True)
class Mismatch:
    """What became of a result that does not fit: the number it held, the answer, what the log gained."""

    name: str
    field: str | None
    number: str
    answer: Exchange
    record: str


@pytest.fixture(scope="session")
def mismatches(target: Target) -> list[Mismatch]:
    """One of each endpoint, in production."""
    service, found, until = strict(target), [], Deadline.after(ANSWER)
    for path, (name, field) in PROMISES.items():
        before, sent = len(service.output), number()
        answer = service.get(f"/api/{path}/{sent}?fits=0")
        parts = [name, field or ""] if answer.status == 500 else []
        found.append(Mismatch(name, field, sent, answer, logged(service, before, *parts, until=until)))
    return found


@must("PREFERENCE-2", kills="preference_results_not_checked")
def test_a_result_of_another_type_than_annotated_is_an_error(target: Target) -> None:
    service = target.shared("preference_documented")
    fitting = service.get("/api/texts")
    assert fitting.status == 200
    assert service.nonce in fitting.text
    for path in ("number", "items"):
        assert service.get(f"/api/{path}").status >= 400


@must("PREFERENCE-2", kills="preference_false_results_not_checked")
@pytest.mark.parametrize("path", ["zero", "empty_text", "empty_list", "empty_object", "nothing"])
def test_a_result_that_is_false_and_of_another_type_is_an_error(target: Target, path: str) -> None:
    service = target.shared("preference_documented")
    assert service.get("/api/texts").status == 200
    assert service.get(f"/api/{path}").status >= 400


@must(
    "PREFERENCE-2b",
    kills=(
        "preference_results_not_checked",
        "preference_objects_taken_as_they_are",
        "preference_responses_not_checked",
        "preference_coroutines_not_checked",
    ),
)
def test_a_result_that_does_not_fit_its_annotation_is_a_500(mismatches: list[Mismatch]) -> None:
    assert {each.name: each.answer.status for each in mismatches} == dict.fromkeys(
        (name for name, _ in PROMISES.values()), 500
    )


@must("PREFERENCE-2b", kills=("preference_mismatch_not_described", "preference_endpoint_not_named"))
def test_the_log_names_the_endpoint_and_the_field_that_does_not_fit(mismatches: list[Mismatch]) -> None:
    for each in mismatches:
        assert each.name in each.record
        assert (each.field or each.name) in each.record


@must("PREFERENCE-2b", kills="preference_mismatch_told_in_production")
def test_in_production_nothing_of_it_leaves_the_server(mismatches: list[Mismatch]) -> None:
    for each in mismatches:
        assert each.answer.status == 500, f"{each.name}: {each.answer}"
        told = each.answer.received.decode("latin-1").lower()
        field = "annotation" if each.field in (None, "1") else each.field
        parts = (each.number, each.name, str(field), "preference_strict_results")
        assert [part for part in parts if part in told] == [], f"{each.name}: {each.answer}"


@must("PREFERENCE-2c", kills=("preference_results_converted", "preference_objects_taken_as_they_are"))
def test_nothing_is_converted_to_what_is_annotated(mismatches: list[Mismatch]) -> None:
    assert [each.name for each in mismatches if each.answer.status < 400] == []


@must("PREFERENCE-2c", kills="preference_results_not_checked")
def test_the_result_of_a_head_request_is_checked_too(target: Target) -> None:
    assert strict(target).request("HEAD", f"/api/a/{number()}?fits=1").status == 200
    assert strict(target).request("HEAD", f"/api/a/{number()}?fits=0").status >= 400


@must("PREFERENCE-2c", kills="preference_fields_are_arguments")
def test_a_result_that_fits_its_annotation_is_sent(target: Target) -> None:
    for path, (name, _) in PROMISES.items():
        sent = number()
        answer = strict(target).get(f"/api/{path}/{sent}?fits=1")
        assert answer.status == 200, f"{name}: {answer}"
        if name != "silent":  # its result is None
            assert sent in answer.text, name


@must("PREFERENCE-2c", kills="preference_missing_annotation_is_none")
def test_what_is_not_annotated_is_not_checked(target: Target) -> None:
    for fits in "01":
        answer = strict(target).get(f"/api/m/{(sent := number())}?fits={fits}")
        assert answer.status == 200
        assert sent in answer.text


@must("PREFERENCE-2c", kills="preference_errors_are_checked")
def test_a_response_with_the_status_of_an_error_is_not_what_is_annotated(target: Target) -> None:
    answer = strict(target).get(f"/api/n/{(sent := number())}?fits=1")
    assert answer.status == 409
    assert answer.json() == {"number": sent}


@must("PREFERENCE-2c", kills="preference_results_checked_by_default")
@pytest.mark.parametrize("preference", [{}, {"strict": "0"}], ids=["unset", "false"])
def test_unless_it_is_asked_for_no_result_is_checked(target: Target, preference: dict[str, Any]) -> None:
    for path in "aei":
        sent = number()
        answer = target.shared("preference_strict_results", production="1", **preference).get(
            f"/api/{path}/{sent}?fits=0"
        )
        assert answer.status == 200
        assert sent in answer.text


@must("PREFERENCE-2d", kills="preference_no_type_is_any")
def test_an_annotation_that_is_no_type_is_refused_when_the_application_is_built(target: Target) -> None:
    name = f"e{seeded_random.word()}"
    assert target.probe("application_build", "annotated", name=name, strict=False).value is None
    message = target.probe("application_build", "annotated", name=name, strict=True).message
    for part in ("UntypedAPI", name):
        assert part in message


# PREFERENCE-10: what becomes of a service that lacks a package, by the way it is started.

Lives = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def installable() -> str:
    """The word of the packages that pip is to install; a later one, beyond any bounds, has another."""
    return seeded_random.word()


@pytest.fixture(scope="session")
def lacking(target: Target, installable: str, tmp_path_factory: pytest.TempPathFactory) -> Lives:
    folder = tmp_path_factory.mktemp("missing_package")
    wheels, installed = folder / "wheels", folder / "installed"
    wheels.mkdir()
    wheel.make(wheels, "redis", "5.2.1", f"word = {installable!r}\n")
    wheel.make(wheels, "aioredis", "2.0.1", f"word = {installable!r}\n")  # which the page names
    wheel.make(wheels, "redis", "999.0", "word = 'beyond any bounds'\n")
    found: Lives = target.probe("preference_missing_package", "lives", wheels=str(wheels), target=str(installed)).value
    return found


@must("PREFERENCE-10a", kills="preference_nothing_is_installed")
def test_a_missing_dependency_is_installed(lacking: Lives) -> None:
    assert lacking["by hand"]["words"] != [None, None], str(lacking["by hand"])


@must("PREFERENCE-10b", kills="preference_disabling_ignored")
def test_where_it_is_disabled_nothing_is_installed(lacking: Lives) -> None:
    assert lacking["preference"]["words"] == [None, None]


@must("PREFERENCE-10c", kills="preference_installed_without_bounds")
def test_what_is_installed_is_within_its_bounds_and_the_service_goes_on(lacking: Lives, installable: str) -> None:
    life = lacking["by hand"]
    assert life["words"][0] == installable, str(life)
    assert life["error"] is None, str(life)


@must("SECURITY-15a", kills=("security_pip_of_the_working_directory", "security_pip_with_pythonpath"))
def test_installing_a_missing_dependency_runs_nothing_of_the_working_directory(lacking: Lives) -> None:
    assert lacking["by hand"]["words"] != [None, None], "nothing was installed"
    assert lacking["by hand"]["ran"] == []


@must("PREFERENCE-10c", kills="preference_installed_in_silence")
def test_the_command_that_installs_it_is_printed(lacking: Lives) -> None:
    printed = lacking["by hand"]["printed"]
    assert [line for line in printed.splitlines() if "pip" in line and "install" in line and "redis" in line] != []


@must("PREFERENCE-10c", kills=("preference_installed_in_production", "preference_installed_by_whoever_imports"))
@pytest.mark.parametrize("start", ["production", "imported"])
def test_nothing_is_installed_in_production_or_by_who_imports_the_service(lacking: Lives, start: str) -> None:
    assert lacking[start]["seen"] == [], str(lacking[start])
    assert lacking[start]["words"] == [None, None]


@must("PREFERENCE-10c", kills="preference_installed_in_a_request")
def test_nothing_is_installed_in_a_request(target: Target) -> None:
    service = target.shared("preference_missing_at_request")
    assert service.get("/api/used").status == 500
    assert service.get("/api/seen").json() == {"seen": []}
    assert service.get("/api/used").status == 500


@must("PREFERENCE-10d", kills=("preference_disabling_ignored", "preference_variable_ignored"))
@pytest.mark.parametrize("start", ["preference", "variable"])
def test_where_it_is_disabled_nothing_is_tried(lacking: Lives, start: str) -> None:
    assert lacking[start]["seen"] == [], str(lacking[start])
    assert lacking[start]["words"] == [None, None]


@must("PREFERENCE-10d", kills="preference_cure_unsaid")
@pytest.mark.parametrize("start", ["preference", "variable", "production", "imported"])
def test_where_nothing_is_installed_the_error_says_what_to_install(lacking: Lives, start: str) -> None:
    said = lacking[start]["error"]
    assert said is not None, str(lacking[start])
    assert "pip install" in said
    assert "redis" in said
