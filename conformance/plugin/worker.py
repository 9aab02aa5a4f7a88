"""Records what each check found, in the process that ran it, and attaches it to the report that pytest sends on."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from _pytest.runner import runtestprotocol

from conformance.contract.check import SCENARIOS
from conformance.contract.variant import Variant
from conformance.evidence import records as kept
from conformance.evidence.records import Environment, Record
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.untrusted_text import encodable, printable
from conformance.judging.fingerprint import Comparison, Signature, signature_of
from conformance.judging.judgement import reproduce
from conformance.judging.ledger import Ruling
from conformance.judging.verdict import Incident, Outcome
from conformance.plugin.fixtures import targets_key, trace_of
from conformance.plugin.reporting import Facts, facts_of, versions_of
from conformance.plugin.run import PROPERTY, Run, is_check, node_of, place_of, run_key, variant_of
from conformance.target.implementation import Implementation
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.target.trace import Trace

_comparison_key = pytest.StashKey[Comparison]()
_told_key = pytest.StashKey[dict[Variant, Facts]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Send one report for each check: those of setups and teardowns that passed hold only times.

    They are sent where times are asked for (--durations, --junitxml).
    """
    options = item.config.option
    timed = options.durations is not None or getattr(options, "xmlpath", None) is not None
    if timed or not hasattr(item.config, "workerinput") or not is_check(item):
        return None
    hooks = item.ihook
    hooks.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or report.user_properties or not report.passed:
            report.keywords = {}
            hooks.pytest_runtest_logreport(report=report)
    hooks.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Remember a comparison that failed; how it is shown is left to pytest."""
    config.stash[_comparison_key] = Comparison(op, left, right)


def _compared(item: pytest.Item) -> Comparison | None:
    """Return the last comparison that failed in this phase, and forget it."""
    stash = item.config.stash
    comparison = stash.get(_comparison_key, None)
    if comparison is not None:
        del stash[_comparison_key]
    return comparison


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    comparison = _compared(item)  # another test's too: it is no evidence of the check that follows
    if not is_check(item):
        return report
    variant = variant_of(item)
    run = item.config.stash[run_key]
    if variant is None or run.changes:
        return report
    if call.when != "call" and call.excinfo is None:
        return report
    target = item.config.stash.get(targets_key, {}).get(variant)
    trace = trace_of(item, target)
    incident = None if call.excinfo is None else _incident(item, variant, call.excinfo, trace, comparison)
    file = kept.keep(_record(item, variant, incident, target, trace), run.evidence)
    if incident is not None:
        for title, text in (
            ("exchanges", "\n\n".join(incident.exchanges)),
            ("server's output", incident.log),
            ("evidence", os.path.relpath(run.evidence / file)),
            ("run it again", incident.reproduce),
        ):
            if text:
                report.sections.append((title, printable(text)))
    _make_printable(report.longrepr)
    facts = facts_of(target)
    _hold_against_ledger(item, variant, report, incident, facts)
    check, case = place_of(node_of(item))
    told = {
        "check": check,
        "case": case,
        "variant": str(variant),
        "reproduce": _reproduce(item, variant),
        "incident": incident.as_json() if incident else None,
        "facts": _news(item.config, variant, facts),
        "node": node_of(item),
        "file": file,
    }
    report.user_properties.append((PROPERTY, encodable(told)))  # xdist sends texts as UTF-8
    return report


def _news(config: pytest.Config, variant: Variant, facts: Facts) -> Facts:
    """Return the facts, or nothing where this process has sent the same of the variant before."""
    told = config.stash.setdefault(_told_key, {})
    if told.get(variant) == facts:
        return {}
    told[variant] = facts
    return facts


def _incident(
    item: pytest.Item,
    variant: Variant,
    excinfo: pytest.ExceptionInfo[BaseException],
    trace: Trace,
    comparison: Comparison | None,
) -> Incident:
    error = excinfo.value
    failed = isinstance(error, (AssertionError, pytest.fail.Exception))
    reason = str(error) if failed or isinstance(error, HarnessError) else f"{type(error).__name__}: {error}"
    signature = signature_of(excinfo, variant, comparison) if failed else Signature("", "")
    check, case = place_of(node_of(item))
    return Incident(
        check=check,
        outcome=Outcome.FAILED if failed else Outcome.UNVERIFIED,
        reason=reason,
        reproduce=_reproduce(item, variant),
        log="\n".join(each.log_tail for each in dict.fromkeys(trace.touched) if each.log_tail),
        exchanges=tuple(map(str, (trace.preparation + trace.exchanges)[-5:])),
        case=case,
        expected=signature.expected,
        came=signature.came,
    )


def _reproduce(item: pytest.Item, variant: Variant) -> str:
    check, case = place_of(node_of(item))
    run = item.config.stash[run_key]
    return reproduce(check, variant, item.config.getoption("implementation"), case, run.again)


def _hold_against_ledger(
    item: pytest.Item, variant: Variant, report: pytest.TestReport, incident: Incident | None, facts: Facts
) -> None:
    """Show a known divergence as an expected failure (xfail), and a wrong entry of the ledger as a failure."""
    run = item.config.stash[run_key]
    if run.writes_ledger:
        if incident is not None and incident.outcome is Outcome.FAILED:
            _expect(report, "for the ledger")
        return
    rulings = _rulings(run, item, variant, incident, facts)
    wrong = [ruling.reason for ruling in rulings if ruling is not None and ruling.outcome is Outcome.FAILED]
    known = [ruling.why for ruling in rulings if ruling is not None and ruling.outcome is Outcome.KNOWN]
    if wrong:
        report.outcome = "failed"
        if incident is None:
            report.longrepr = printable(wrong[0])
            report.sections.append(("run it again", _reproduce(item, variant)))
        else:
            report.sections.append(("ledger", printable(wrong[0])))
    elif known and len(known) == len(rulings):
        _expect(report, known[0])


def _expect(report: pytest.TestReport, why: str) -> None:
    report.outcome = "skipped"
    report.wasxfail = printable(why)


def _make_printable(shown: object) -> None:
    """Make the text that pytest prints of an exception printable, as it may hold what the implementation sent."""
    for traceback, crash, _ in getattr(shown, "chain", ()):
        if crash is not None:
            crash.message = printable(crash.message)
        for entry in traceback.reprentries:
            entry.lines[:] = map(printable, entry.lines)
            arguments, local = getattr(entry, "reprfuncargs", None), getattr(entry, "reprlocals", None)
            if arguments is not None:
                arguments.args = [(name, printable(value)) for name, value in arguments.args]
            if local is not None:
                local.lines[:] = map(printable, local.lines)


def _rulings(
    run: Run, item: pytest.Item, variant: Variant, incident: Incident | None, facts: Facts
) -> list[Ruling | None]:
    """Return the ledger's ruling on the result for each requirement that the check verifies."""
    check, case = place_of(node_of(item))
    return [
        run.ledger.ruling(requirement, check, case, variant, versions_of(facts), incident)
        for requirement in run.bound[check]
        if requirement in run.scope.requirements and run.contract[requirement].applies.holds(variant)
    ]


def _record(
    item: pytest.Item, variant: Variant, incident: Incident | None, target: Target | None, trace: Trace
) -> Record:
    run = item.config.stash[run_key]
    facts = target.facts if target else {}
    check, case = place_of(node_of(item))
    return Record(
        node=node_of(item),
        check=check,
        case=case,
        variant=str(variant),
        outcome=(incident.outcome if incident else Outcome.PASSED).value,
        reason=incident.reason if incident else "",
        seed=run.seed,
        implementation=_named(run.implementation, item.config.getoption("implementation")),
        options=run.server_options,
        provider=", ".join(f"{entry['name']} {entry['version']}" for entry in facts.get("distributions", ())),
        environment=Environment.of(
            facts,
            [_server(each) for each in trace.touched if isinstance(each, Service) and hasattr(each, "facts")],
            [each.scenario for each in trace.touched],
            target.scenarios if target else SCENARIOS,
            check,
        ),
        **kept.observed(trace, incident is None),
    )


def _named(implementation: Implementation, chosen: str) -> str:
    """Return the value of --implementation in a form that is valid in any working directory."""
    return str(implementation.file) if chosen.endswith(".toml") else chosen


def _server(service: Service) -> tuple[str | None, ...]:
    return tuple(service.facts[name] for name in ("server", "http_parser", "event_loop"))
