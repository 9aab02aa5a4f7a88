"""A contract of two requirements, its checks, an implementation and a ledger, for the tests of ledgers."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from conformance.contract.check import Binding, Check
from conformance.contract.requirement import Contract, Keyword, parse
from conformance.contract.variant import Start, Variant
from conformance.judging import ledger, ledger_file
from conformance.judging.case_result import CaseResult
from conformance.judging.failure import Failure, Kind
from conformance.judging.judgement import Scope
from conformance.judging.ledger import Ledger
from conformance.judging.verdict import Outcome
from conformance.target import implementation
from conformance.target.implementation import Implementation

TODAY = datetime.date(2026, 11, 22)
CONTRACT = Contract(
    parse("- ROUTE-1 MUST p  It holds.\n- ROUTE-2 SHOULD p  It too. [applies: mode=sync]\n", "route.md")
)
CHECK, OTHER = "test_route.py::test_a", "test_route.py::test_b"
CHECKS = [
    Check(CHECK, Binding(("ROUTE-1",), Keyword.MUST, Start.FORKED)),
    Check(OTHER, Binding(("ROUTE-1", "ROUTE-2"), Keyword.MUST, Start.FORKED)),
]
BOUND = {CHECK: ("ROUTE-1",), OTHER: ("ROUTE-1", "ROUTE-2")}
CASES = {CHECK: {"one", "two"}, OTHER: {""}}
FLASK, FLASK_ASYNC, SANIC = map(Variant.parse, ("flask-sync", "flask-async", "sanic-sync"))
VERSIONS = {
    FLASK: {"flask": "3.1.3", "werkzeug": "3.1", "python": "3.11.7"},
    FLASK_ASYNC: {"flask": "3.1.3", "werkzeug": "3.1", "python": "3.11.7"},
    SANIC: {"sanic": "24.12", "python": "3.11.7"},
}
EVERYTHING = Scope((FLASK, FLASK_ASYNC, SANIC), frozenset({"ROUTE-1", "ROUTE-2"}))
CAME = "status: expected 200, came 404"
GOOD = f"""
[[cause]]
why = "It never answered that."
link = "https://example.com/1"
expires = 2026-12-31
when = 'backend == "flask" and flask >= "3"'
[cause.failures]
"{CAME}" = ["ROUTE-1 test_a [one]"]
"""
PLAIN = GOOD.replace(' and flask >= "3"', "")
SOMETIMES = GOOD.replace("[cause.failures]", "sometimes = true\n[cause.failures]")


def implementation_in(folder: Path) -> Implementation:
    """An implementation of three variants, whose ledger lies beside its file."""
    file = folder / "mine.toml"
    variants = ", ".join(f'"{variant}"' for variant in VERSIONS)
    file.write_text(f'name = "mine"\nvariants = [{variants}]\n[interpreter]\nexecutable = "{{python}}"\n')
    return implementation.load(file)


def read(mine: Implementation, text: str) -> Ledger:
    """The ledger of this text, read today."""
    file = ledger.path_of(mine)
    file.write_text(text)
    return replace(ledger_file.load(file), today=TODAY)


def passed(check: str = CHECK, case: str = "one", variant: Variant = FLASK) -> CaseResult:
    """A case that passed."""
    return CaseResult(f"{check}[{variant}-{case}]", check, case, variant, reproduce="pytest it")


def failure(check: str = CHECK, case: str = "one", came: str = "404", variant: Variant = FLASK) -> CaseResult:
    """A case that failed, because a status came that was not expected."""
    return replace(
        passed(check, case, variant),
        outcome=Outcome.FAILED,
        failure=Failure(Kind.STATUS, "", "200", came),
        reason="assert 404 == 200",
    )
