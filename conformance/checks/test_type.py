"""TYPE: parameters with rules of utype, and results that are its Schemas (type_utype.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from conformance.checks import library
from conformance.checks.problem import refused
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def ruled(target: Target) -> Service:
    """The scenario; unverified where utype is not installed."""
    service = target.shared("type_utype")
    library.require(service, "utype")
    return service


@must("TYPE-g7", kills="type_numbers_are_not_rounded")
@pytest.mark.parametrize(("sent", "number"), [("3.14159", 3.14), ("0.001", 0.0), ("-2.678", -2.68), ("5", 5.0)])
def test_a_number_is_rounded(ruled: Service, sent: str, number: float) -> None:
    assert result(ruled.get(f"/api/rule/rounded?number={sent}")) == {"number": number}


@must("TYPE-g7", kills="type_rules_of_utype_ignored")
def test_a_number_is_a_multiple(ruled: Service) -> None:
    whole = 7 * seeded_random.below(10**6)
    for number in (whole, 0, -7):
        assert result(ruled.get(f"/api/rule/multiple?number={number}")) == {"number": number}
        assert result(ruled.get(f"/api/rule/segment/{number}")) == {"number": number}
    for number in (whole + 1 + seeded_random.below(6), -1):
        refused(ruled.get(f"/api/rule/multiple?number={number}"))
        refused(ruled.get(f"/api/rule/segment/{number}"))


@must("TYPE-g7", kills="type_rules_of_utype_ignored")
def test_a_value_is_one_of_those_that_are_listed(ruled: Service) -> None:
    for word in ("first", "second", ""):
        assert result(ruled.get(f"/api/rule/listed?word={word}")) == {"word": word}
    for word in (seeded_random.word(), "First", "None"):
        refused(ruled.get(f"/api/rule/listed?word={word}"))
    assert result(ruled.get("/api/rule/constant?number=0")) == {"number": 0}
    refused(ruled.get(f"/api/rule/constant?number={1 + seeded_random.below(9)}"))


# Of each rule the values that it allows, and those that it does not, which are false.
FALSE: Mapping[str, tuple[Mapping[str, object], Sequence[str]]] = {
    "few?value={}": ({"1": 1, "2": 2}, ("0", "-0", "00")),
    "few_in_path/{}": ({"1": 1, "2": 2}, ("0", "-0", "00")),
    "words?value={}": ({"first": "first", "second": "second"}, ("",)),
    "one?value={}": ({"1": 1}, ("0",)),
    "text?value={}": ({"only": "only"}, ("",)),
    "yes?value={}": ({"true": True, "1": True}, ("false", "0")),
    "no?value={}": ({"false": False, "0": False}, ("true", "1")),
    "perhaps?value={}": ({"1": 1}, ("0",)),
}


@must("TYPE-g7", kills="type_rules_look_at_no_false_value")
def test_a_value_that_is_false_has_to_keep_a_rule_too(ruled: Service) -> None:
    for path, (allowed, others) in FALSE.items():
        for sent, value in allowed.items():
            assert result(ruled.get(f"/api/rule/{path.format(sent)}")) == {"value": value}, path
        for sent in others:
            refused(ruled.get(f"/api/rule/{path.format(sent)}"))


@must("TYPE-1", kills="type_rules_of_utype_ignored")
def test_a_rule_is_for_what_is_sent(ruled: Service) -> None:
    number = 7 * (1 + seeded_random.below(1000))
    assert result(ruled.get("/api/rule/optional")) == {"number": None}
    assert result(ruled.get(f"/api/rule/optional?number={number}")) == {"number": number}
    refused(ruled.get(f"/api/rule/optional?number={number + 1}"))
    assert result(ruled.get("/api/rule/default")) == {"number": 1}
    refused(ruled.get("/api/rule/default?number=1"))


@must("TYPE-1", kills=("type_rules_of_utype_ignored", "type_items_may_be_equal"))
def test_a_rule_is_for_a_list_as_a_whole(ruled: Service) -> None:
    one, other = 1 + seeded_random.below(100), 0
    assert result(ruled.get(f"/api/rule/unique?number={one}&number={other}")) == {"numbers": [one, other]}
    refused(ruled.get(f"/api/rule/unique?number={one}&number={other}&number={one}"))
    assert result(ruled.get(f"/api/rule/contains?number={one}&number={one}")) == {"numbers": [one, one]}
    refused(ruled.get(f"/api/rule/contains?number={one}&number={one}&number={other}"))


@must("TYPE-1", kills=("type_rules_of_utype_ignored", "type_lax_lengths_refuse"))
def test_digits_are_counted_and_a_lax_rule_changes(ruled: Service) -> None:
    for number in ("123.4", "0", "-1.5"):
        assert result(ruled.get(f"/api/rule/digits?number={number}")) == {"number": float(number)}
    for number in ("12345", "1.25", "1234.5"):
        refused(ruled.get(f"/api/rule/digits?number={number}"))
    word = seeded_random.word()
    assert result(ruled.get(f"/api/rule/cut?word={word}")) == {"word": word[:3]}
    assert result(ruled.get("/api/rule/cut?word=ab")) == {"word": "ab"}


PAST_FLOATS = 7 * 2**61 + 1  # the nearest float is a multiple of 7


@must("TYPE-2", kills=("type_rules_of_utype_ignored", "type_numbers_as_floats", "type_numbers_without_a_float_fail"))
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("multiple", "8"),
        ("multiple", str(PAST_FLOATS)),
        ("multiple", str(-PAST_FLOATS)),
        ("multiple", "1" + "0" * 400),
        ("multiple", "1" + "0" * 4299),
        ("segment", "1" + "0" * 400),
        ("optional", "1" + "0" * 400),
        ("constant", "1" + "0" * 400),
        ("listed", "third"),
        ("digits", "1e99999"),
        ("digits", "-1e99999"),
        ("digits", "1" * 5000),
    ],
    ids=lambda value: value if len(value) < 30 else f"{len(value)} characters",
)
def test_a_value_that_misses_a_rule_is_refused(ruled: Service, path: str, sent: str) -> None:
    name = "word" if path == "listed" else "number"
    asked = f"{path}/{sent}" if path == "segment" else f"{path}?{name}={sent}"
    refused(ruled.get(f"/api/rule/{asked}"))


@must(
    "TYPE-3",
    kills=(
        "type_options_of_utype_ignored",
        "type_errors_may_be_preserved",
        "type_options_with_a_text_ignored",
        "type_rules_of_another_type_taken",
    ),
)
def test_what_cannot_be_kept_is_refused_by_name(ruled: Service, target: Target) -> None:
    found = target.probe("type_invalid_declarations", "refusals").value
    for number, (rule, refusal) in enumerate(found):
        assert refusal is not None, f"{rule} was taken, declaration {number}"
        for name in ("CulpritAPI.trial", "culprit", rule):
            assert name in refusal, f"{rule}: {refusal}"


@must("TYPE-g8", kills="type_properties_left_out")
def test_the_properties_of_a_schema_are_members_of_the_result(ruled: Service) -> None:
    radius = 1 + seeded_random.below(1000)
    text = f"{radius} of {ruled.nonce}"
    circle = {"radius": radius, "names": [], "diameter": 2 * radius, "label": text}
    point = {"radius": 0, "names": [], "diameter": 0, "label": ""}
    assert result(ruled.get(f"/api/result/circle/{radius}")) == circle
    assert result(ruled.get("/api/result/circle/0")) == point
    assert result(ruled.get(f"/api/result/annotated/{radius}")) == {**circle, "names": ["a", ""]}
    assert result(ruled.get(f"/api/result/nested/{radius}")) == {"circles": [circle], "by name": {"": point}}
