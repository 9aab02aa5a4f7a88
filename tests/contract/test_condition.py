"""The language of a ledger's conditions."""

from __future__ import annotations

import pytest

from conformance.contract.condition import EVERYWHERE, Condition, ConditionError, simplest
from conformance.contract.variant import Variant

ALL = Variant.every()
VERSIONS = {"flask": "3.1.3", "sanic-ext": "24.12", "starlette": "0.49.1", "uvicorn": "0.35.0", "python": "3.11.7"}


def holds(text: str, variant: str = "fastapi-async") -> bool:
    return Condition.parse(text).holds(Variant.parse(variant), VERSIONS)


@pytest.mark.parametrize(
    "text",
    [
        'backend == "fastapi"',
        'backend in ("flask", "fastapi")',
        'backend not in ("flask", "sanic") and mode == "async"',
        'variant == "fastapi-async"',
        '"fastapi" == backend',
        'backend == "flask" or not mode == "sync"',
        'starlette < "1.0"',
        '"0.49" <= starlette < "0.50"',
        'starlette in ("0.49.1", "0.50")',
        'starlette == "0.49.1.0"',
        'python >= "3.9" and python < "3.12"',
        'sanic_ext > "24"',
    ],
)
def test_a_condition_that_is_true_of_variant_and_versions_holds(text: str) -> None:
    assert holds(text)
    assert not holds(f"not ({text})")


def test_what_is_said_of_a_distribution_that_is_not_there_holds_neither_way() -> None:
    assert not holds('tornado < "6"')
    assert not holds('not tornado < "6"')
    assert not holds('tornado < "6" and backend == "fastapi"')
    assert holds('tornado < "6" or backend == "fastapi"')


def test_a_version_that_is_none_is_not_there() -> None:
    assert not Condition.parse('flask != "1"').holds(Variant.parse("flask-sync"), {"flask": "my own build"})


def test_no_condition_holds_everywhere() -> None:
    assert all(EVERYWHERE.holds(variant, {}) and EVERYWHERE.can_hold(variant) for variant in ALL)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('backend = "flask"', "it is not an expression"),
        ("backend", "`backend` is no comparison; one reads `backend == \"flask\"`"),
        ("flask < 1.0", "`flask < 1.0`: a name is compared with text in quotes"),
        ("flask < werkzeug", "`flask < werkzeug`: a name is compared with text in quotes"),
        ('mode < "sync"', "mode has no order; there are ==, !=, in and not in"),
        ('backend in "flask"', "behind `in` stand several texts"),
        ("backend in ()", "behind `in` stand several texts"),
        ('flask is "3"', "there are ==, !=, <, <=, >, >=, in and not in"),
        ('flask < "three"', "'three' is no version, and flask stands for one"),
        ('"3" < "4"', "compares no name"),
        ('exit() == "0"', "compares no name"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_read_says_why_and_how_it_is_written(text: str, complaint: str) -> None:
    with pytest.raises(ConditionError) as refused:
        Condition.parse(text)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ('backend == "fastapi" and starlette < "1.0"', ["fastapi-sync", "fastapi-async"]),
        ('mode == "sync" and tornado > "6"', ["tornado-sync"]),
        ('mode == "sync" and not tornado > "6"', ["tornado-sync"]),
        ('flask > "2" and flask < "3"', ["flask-sync", "flask-async"]),
        ('flask == "2" and not flask >= "2"', []),
        ('flask > "3" and flask < "2"', []),
        ('flask > "2" and flask < "2.0.0"', []),
        ('backend == "tornado" and starlette < "1.0"', []),
        ('backend == "flsk"', []),
    ],
)
def test_whether_a_condition_can_hold_does_not_depend_on_what_is_installed(text: str, variants: list[str]) -> None:
    condition = Condition.parse(text)
    assert [str(variant) for variant in ALL if condition.can_hold(variant)] == variants


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([str(variant) for variant in ALL], ""),
        (["flask-sync", "flask-async"], 'backend == "flask"'),
        (["flask-sync", "flask-async", "sanic-async", "sanic-sync"], 'backend in ("flask", "sanic")'),
        (["tornado-async"], 'variant == "tornado-async"'),
        ([str(variant) for variant in ALL if variant.mode == "sync"], 'mode == "sync"'),
        ([str(variant) for variant in ALL if variant.backend != "django"], 'backend != "django"'),
        ([str(variant) for variant in ALL if str(variant) != "flask-sync"], 'variant != "flask-sync"'),
        (["flask-sync", "flask-async", "sanic-async"], 'backend == "flask" or variant == "sanic-async"'),
        (["flask-sync", "sanic-sync", "tornado-sync"], 'variant in ("flask-sync", "sanic-sync", "tornado-sync")'),
    ],
)
def test_variants_are_told_in_the_fewest_words(chosen: list[str], text: str) -> None:
    assert simplest(map(Variant.parse, chosen), ALL).text == text


def test_every_choice_of_variants_can_be_told_exactly() -> None:
    few = [variant for variant in ALL if variant.backend in ("flask", "sanic", "tornado")]
    for number in range(1, 2 ** len(few)):
        chosen = {variant for place, variant in enumerate(few) if number >> place & 1}
        condition = simplest(chosen, few)
        assert {variant for variant in few if condition.holds(variant, {})} == chosen
