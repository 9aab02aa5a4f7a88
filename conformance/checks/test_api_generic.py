"""API: generic classes, whose TypeVars are what the class that is mounted says."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def generic(target: Target) -> Service:
    return target.shared("api_generic")


@must("API-10a", kills=("api_typevar_is_any", "api_typevar_of_the_first_base"))
def test_a_typevar_is_what_the_mounted_class_says(generic: Service) -> None:
    right, text = number(), word()
    answer = generic.post("/api/items/create", json={"number": right}, headers=[("X-Key", f"0{right}")])
    assert result(answer) == {"item": ["Item", {"number": right}], "key": ["int", right]}
    notes: list[dict[str, Any]] = [{"text": text}, {"text": "", "size": 0}]
    answer = generic.post("/api/notes/create", json=notes, headers=[("X-Key", f"0{right}")])
    shown = [["Note", {"text": note["text"], "size": 0}] for note in notes]
    assert result(answer) == {"item": shown, "key": ["str", f"0{right}"]}
    for path, kind, key in (("items", "int", 7), ("notes", "str", "07")):
        assert result(generic.get(f"/api/{path}/one/07")) == {"key": [kind, key]}
        assert result(generic.get(f"/api/{path}/counted?count={right}")) == {"count": ["int", right]}
    answer = generic.post("/api/large/create", json={"number": right})
    assert result(answer) == {"item": ["Large", {"number": right}]}


@must("API-10a", kills="api_typevar_is_any")
def test_what_is_not_of_its_type_is_refused(generic: Service) -> None:
    text, right = word(), number()
    key = [("X-Key", f"0{right}")]
    for answer in (
        generic.post("/api/items/create", json={"number": text}, headers=key),
        generic.post("/api/items/create", json={"number": right}, headers=[("X-Key", text)]),
        generic.post("/api/notes/create", json=[{"size": right}]),
        generic.post("/api/notes/create", json=[{"text": text, "size": text}]),
        generic.request("PUT", "/api/items/several", json={"items": [{"number": 0}, {}], "first": {"number": right}}),
        generic.request("PUT", "/api/items/several", json={"items": [{"number": 0}], "first": {"number": text}}),
        generic.get(f"/api/items/counted?count={text}"),
        generic.get(f"/api/items/one/{text}"),
        generic.post("/api/large/create", json={"number": text}),
    ):
        assert answer.status in REFUSALS, str(answer)


@must("API-10a", kills="api_typevar_of_hooks_of_the_first_class")
def test_in_hooks_what_is_not_of_its_type_is_refused(generic: Service) -> None:
    text, right = word(), number()
    for path, items, shown in (
        ("items", [{"number": right}], f"int {right}"),
        ("notes", [[{"text": text}]], f"str 0{right}"),
    ):
        body = {"items": items}
        answer = generic.request("PUT", f"/api/{path}/several", json=body, headers=[("X-Hook", f"0{right}")])
        assert answer.status == 200, str(answer)
        assert answer.header("x-hooked") == shown, str(answer)
    wrong = generic.request("PUT", "/api/items/several", json={"items": []}, headers=[("X-Hook", text)])
    assert wrong.status in REFUSALS, str(wrong)


@must("API-10a", kills="api_typevar_of_results_is_any")
def test_in_a_strict_template_a_result_is_of_its_type(generic: Service) -> None:
    assert result(generic.get("/api/items/checked")) == {"number": 7}
    assert result(generic.get("/api/notes/checked")) == [{"text": "sample", "size": 0}]
    for path in ("items", "notes"):
        answer = generic.get(f"/api/{path}/checked?wrong=1")
        assert answer.status == 500, str(answer)


@must("API-10b", kills="api_bracketed_mount_is_none")
def test_a_generic_class_is_mounted_with_its_types_in_brackets(generic: Service) -> None:
    text, right = word(), number()
    answer = generic.post("/api/bracketed/create", json={"text": text}, headers=[("X-Key", f"0{right}")])
    assert result(answer) == {"item": ["Note", {"text": text, "size": 0}], "key": ["str", f"0{right}"]}
    answer = generic.post("/api/holder/held/create", json={"text": text}, headers=[("X-Key", f"0{right}")])
    assert result(answer) == {"item": ["Note", {"text": text, "size": 0}], "key": ["int", right]}
    answer = generic.post("/api/holder/held/create", json={"text": 0})
    assert answer.status in REFUSALS, str(answer)
