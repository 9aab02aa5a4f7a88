"""API-11: declarations that look right and would do nothing are refused when the application is built."""

from __future__ import annotations

from typing import Any

from conformance.contract.check import must
from conformance.target.target import Target


def refused(target: Target, kind: str) -> None:
    """Each declaration of that kind is an error that has its words; each of that kind that is right is taken."""
    wrong: dict[str, dict[str, Any]]
    right: dict[str, dict[str, Any]]
    wrong, right = target.probe("api_mistakes", "declared", kind=kind).value
    assert len(wrong) > 0, f"nothing of {kind} was declared"
    assert sorted(what for what, told in wrong.items() if told["error"] is None) == [], "these are taken"
    lacking = {what: told for what, told in wrong.items() if told["lacks"]}
    assert lacking == {}, "these are not named"
    all_taken(right)


def all_taken(right: dict[str, dict[str, Any]]) -> None:
    """Each of these declarations is no error."""
    failed = {what: told["error"] for what, told in right.items() if told["error"] is not None}
    assert failed == {}, "what is right is refused"


@must(
    "API-11a",
    kills=("api_mistaken_mounts_dropped", "api_mounts_of_the_first_argument_refused"),
)
def test_an_attribute_that_would_mount_nothing_is_refused(target: Target) -> None:
    refused(target, "mounts")


@must("API-11g", kills="api_every_class_is_a_mount")
def test_a_class_may_hold_an_api_class_without_mounting_it(target: Target) -> None:
    kept: dict[str, dict[str, Any]]
    _, kept = target.probe("api_mistakes", "declared", kind="kept").value
    assert len(kept) > 0, "nothing was kept"
    all_taken(kept)


@must("API-11b", kills=("api_needed_names_taken", "api_request_taken_from_the_query"))
def test_a_name_that_instances_need_is_refused(target: Target) -> None:
    refused(target, "names")


@must(
    "API-11c",
    kills=("api_defaults_not_looked_at", "api_defaults_of_the_strictest_kind", "api_false_defaults_not_looked_at"),
)
def test_a_default_of_another_type_is_refused(target: Target) -> None:
    refused(target, "defaults")


@must("API-11d", kills=("api_routes_of_other_frameworks_taken", "api_lower_case_escapes_taken"))
def test_a_route_that_is_written_as_elsewhere_is_refused_with_what_is_right(target: Target) -> None:
    refused(target, "routes")


@must(
    "API-11e",
    kills=(
        "api_templates_without_effect_taken",
        "api_strict_without_a_result_taken",
        "api_templates_within_alone_refused",
    ),
)
def test_a_template_without_effect_is_refused(target: Target) -> None:
    refused(target, "templates")


@must("API-11f", kills="api_template_or_none_in_annotated_refused")
def test_a_template_in_both_is_taken(target: Target) -> None:
    _, right = target.probe("api_mistakes", "declared", kind="templates").value
    for what in ("none or a template, annotated", "an annotated template, or none"):
        assert right[what]["error"] is None, f"{what}: {right[what]}"
