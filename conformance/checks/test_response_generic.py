"""RESPONSE: Responses and templates with a type argument."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target

VALUES = {"number": 7, "zero": 0, "text": "7", "list": [7], "null": None}


@pytest.fixture
def generic(target: Target) -> Service:
    return target.shared("response_generic")


def answered(service: Service, path: str) -> dict[str, Any]:
    """What is answered for each of VALUES, None for a 500."""
    answers = {name: service.get(f"/api/{path}?value={name}") for name in VALUES}
    return {name: None if answer.status == 500 else answer.text for name, answer in answers.items()}


@must("RESPONSE-11", kills="response_of_a_type_is_a_template")
def test_a_response_of_a_type_is_no_template(generic: Service) -> None:
    for path, status in (("plain", 200), ("built", 202)):
        for name in ("number", "zero", "list"):
            answer = generic.get(f"/api/{path}?value={name}")
            assert (answer.status, answer.json()) == (status, VALUES[name]), str(answer)


@must("RESPONSE-11", kills=("response_of_a_type_checks_nothing", "response_of_a_generic_template_checks_nothing"))
@pytest.mark.parametrize(("path", "taken"), [("counted", ("number", "zero")), ("told", ("list",))])
def test_the_type_of_a_strict_template_is_that_of_its_result(
    generic: Service, path: str, taken: tuple[str, ...]
) -> None:
    found = answered(generic, path)
    assert {name for name, text in found.items() if text is not None} == set(taken)
    key = "data" if path == "counted" else "told"
    for name in taken:
        assert generic.get(f"/api/{path}?value={name}").members() == {key: VALUES[name]}
