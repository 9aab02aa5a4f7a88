"""SECURITY-10c: bounds of what is in a list, mapping, dataclass or model, for each type (security_member_bounds.py)."""

from __future__ import annotations

from typing import Any

from conformance.contract.check import must
from conformance.target.target import Target


@must("SECURITY-10c", kills=("security_bounds_of_tuples_in_a_list_taken", "security_bounds_of_members_taken"))
def test_bounds_that_no_member_of_any_type_can_have_are_refused_by_name(target: Target) -> None:
    wrong: dict[str, dict[str, Any]]
    right: dict[str, dict[str, Any]]
    wrong, right = target.probe("security_member_bounds", "declared").value
    taken = {what: told for what, told in wrong.items() if told["error"] is None or told["lacks"]}
    assert taken == {}
    failed = {what: told for what, told in right.items() if told["error"] is not None}
    assert failed == {}
