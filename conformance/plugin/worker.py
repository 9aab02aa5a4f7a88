"""Records what each check found, in the process that ran it, and attaches it to the report that pytest sends on."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Generator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, Literal

import pytest

from conformance.contract.check import SCENARIOS
from conformance.contract.libraries import of_check
from conformance.contract.variant import Variant
from conformance.evidence import records as kept
from conformance.evidence.records import Environment, Record
from conformance.foundation import deadline
from conformance.foundation.exceptions import Blocked, HarnessError
from conformance.foundation.untrusted_text import encodable, printable
from conformance.judging.blocking import rule
from conformance.judging.case_result import CaseResult
from conformance.judging.fingerprint import Comparison, failure_of
from conformance.judging.judgement import reproduce
from conformance.judging.verdict import Outcome
from conformance.plugin.fixtures import asked, drawn_by, targets_key, trace_of
from conformance.plugin.reporting import Facts, facts_of
from conformance.plugin.run import PROPERTY, Run, is_check, node_of, place_of, run_key, variant_of
from conformance.target.implementation import Implementation
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.target.trace import Trace

VACUOUS = (
    "The case passed without a request, a probe or a service of its own, so it verified nothing. Let it ask "
    "the implementation, or take this variant or case away."
)

comparison_key = pytest.StashKey[Comparison]()
_told_key = pytest.StashKey[dict[Variant, Facts]]()
_waited_key = pytest.StashKey[set[tuple[str, Variant]]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Send one report for each check: those of setups and teardowns that passed hold only times.

    They are sent where times are asked for (--durations, --junitxml), and pytest itself runs a check where fixtures
    are to be shown.
    """
    options = item.config.option
    timed = options.durations is not None or getattr(options, "xmlpath", None) is not None
    if timed or options.setupshow or not hasattr(item.config, "workerinput") or not is_check(item):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = [_phase(item, "setup")]
    if reports[0].passed:
        reports.append(_phase(item, "call"))
    ending = item.session.shouldfail or item.session.shouldstop
    reports.append(_phase(item, "teardown", nextitem=None if ending else nextitem))
    for report in reports:
        if report.when == "call" or report.user_properties or not report.passed:
            report.keywords = {}
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Wait less long in a case of a check of which another case on this variant waited a whole deadline and failed.

    Ten cases that are not answered would take a hundred seconds, and the verdict is known after the first.
    """
    variant = variant_of(item) if is_check(item) else None
    if variant is None or item.config.stash[run_key].changes:
        yield
        return
    place = place_of(node_of(item))[0], variant
    waited = item.config.stash.setdefault(_waited_key, set())
    began = time.monotonic()
    try:
        with deadline.hurried("in_vain") if place in waited else nullcontext():
            yield
    except AssertionError:
        if time.monotonic() - began >= deadline.ANSWER:
            waited.add(place)
        raise


def _phase(item: pytest.Item, when: Literal["setup", "call", "teardown"], **arguments: Any) -> pytest.TestReport:
    """Run one phase of a check and return its report."""
    hook = getattr(item.ihook, f"pytest_runtest_{when}")
    call: pytest.CallInfo[None] = pytest.CallInfo.from_call(
        lambda: hook(item=item, **arguments), when=when, reraise=(pytest.exit.Exception, KeyboardInterrupt)
    )
    report: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
    return report


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Remember a comparison that failed; how it is shown is left to pytest."""
    config.stash[comparison_key] = Comparison(op, left, right)


def _compared(item: pytest.Item) -> Comparison | None:
    """Return the last comparison that failed in this phase, and forget it."""
    stash = item.config.stash
    comparison = stash.get(comparison_key, None)
    if comparison is not None:
        del stash[comparison_key]
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
    result = _result(item, variant, call.excinfo, target, trace, comparison)
    result = _blocked(result, run, call.excinfo, target, trace, getattr(item, "fixturenames", ()))
    result = replace(result, file=kept.keep(_record(item, result, target, trace), run.recording))
    if result.reason == VACUOUS:
        report.outcome, report.longrepr = "failed", VACUOUS
    if result.outcome is not Outcome.PASSED:
        for title, text in (
            ("exchanges", "\n\n".join(result.exchanges)),
            ("server's output", result.log),
            ("evidence", os.path.relpath(run.evidence / result.file)),
            ("run it again", result.reproduce),
        ):
            if text:
                report.sections.append((title, printable(text)))
    _make_printable(report.longrepr)
    _show_blocked(report, result)
    facts = facts_of(target)
    told = {"result": result.as_json(), "facts": _news(item.config, variant, facts)}
    report.user_properties.append((PROPERTY, encodable(told)))  # xdist sends texts as UTF-8
    return report


def _news(config: pytest.Config, variant: Variant, facts: Facts) -> Facts:
    """Return the facts, or nothing where this process has sent the same of the variant before."""
    told = config.stash.setdefault(_told_key, {})
    if told.get(variant) == facts:
        return {}
    told[variant] = facts
    return facts


def _result(
    item: pytest.Item,
    variant: Variant,
    excinfo: pytest.ExceptionInfo[BaseException] | None,
    target: Target | None,
    trace: Trace,
    comparison: Comparison | None,
) -> CaseResult:
    check, case = place_of(node_of(item))
    run = item.config.stash[run_key]
    result = CaseResult(
        node=node_of(item),
        check=check,
        case=case,
        variant=variant,
        reproduce=reproduce(check, variant, item.config.getoption("implementation"), case, run.again),
    )
    if excinfo is None:
        return (
            result
            if target is not None and asked(item, target, trace)
            else replace(result, outcome=Outcome.UNVERIFIED, reason=VACUOUS)
        )
    error = excinfo.value
    drawn = drawn_by(item, variant) | {each.nonce for each in trace.touched}
    failed = isinstance(error, (AssertionError, pytest.fail.Exception))
    return replace(
        result,
        outcome=Outcome.FAILED if failed else Outcome.UNVERIFIED,
        failure=failure_of(error, variant, comparison, drawn) if failed else None,
        reason=str(error) if failed or isinstance(error, HarnessError) else f"{type(error).__name__}: {error}",
        log="\n".join(each.log_tail for each in dict.fromkeys(trace.touched) if each.log_tail),
        exchanges=tuple(map(str, (trace.preparation + trace.exchanges)[-5:])),
    )


def _blocked(
    result: CaseResult,
    run: Run,
    excinfo: pytest.ExceptionInfo[BaseException] | None,
    target: Target | None,
    trace: Trace,
    fixtures: Collection[str],
) -> CaseResult:
    """Return the result as it is in the light of the parts that the implementation lacks of the check's scenarios."""
    if target is None:
        return result
    requirements = [run.contract[each] for each in run.bound[result.check]]
    lacking = [name for name in of_check(fixtures, requirements) if name in target.facts.get("lacks", ())]
    if lacking and result.outcome is Outcome.FAILED:
        return replace(result, outcome=Outcome.UNVERIFIED, failure=None, reason=f"not installed: {', '.join(lacking)}")
    failed = result.outcome is Outcome.FAILED
    error: BaseException | None = None if excinfo is None else excinfo.value
    if failed and error is not None and not isinstance(error, Blocked):
        error = target.diagnosis.explain(trace, error)
    ruling = rule(run.bound[result.check], error, failed, trace.missing)
    if ruling is None:
        return result
    own = result.failure if ruling.outcome is Outcome.FAILED else None
    return replace(
        result,
        outcome=ruling.outcome,
        failure=ruling.failure or own,
        blocked_by=ruling.by,
        reason=ruling.reason,
        log="\n".join(each.log_tail for each in dict.fromkeys(trace.touched) if each.log_tail),
    )


def _show_blocked(report: pytest.TestReport, result: CaseResult) -> None:
    """Let pytest show a check as what it is because of missing parts: blocked as skipped, others as failed."""
    if result.outcome is Outcome.BLOCKED:
        report.outcome, report.wasxfail = "skipped", printable(result.reason)
    elif result.outcome is not Outcome.PASSED and report.passed:
        report.outcome = "failed"
        report.longrepr = printable(result.reason)


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


def _record(item: pytest.Item, result: CaseResult, target: Target | None, trace: Trace) -> Record:
    run = item.config.stash[run_key]
    facts = target.facts if target else {}
    return Record(
        node=result.node,
        check=result.check,
        case=result.case,
        variant=str(result.variant),
        outcome=result.outcome.value,
        reason=result.reason,
        seed=run.seed,
        implementation=_named(run.implementation, item.config.getoption("implementation")),
        options=run.server_options,
        provider=", ".join(f"{entry['name']} {entry['version']}" for entry in facts.get("distributions", ())),
        environment=Environment.of(
            facts,
            [_server(each) for each in trace.touched if isinstance(each, Service) and hasattr(each, "facts")],
            [each.scenario for each in trace.touched],
            target.scenarios if target else SCENARIOS,
            result.check,
        ),
        **kept.observed(trace, result.outcome is Outcome.PASSED),
    )


def _named(implementation: Implementation, chosen: str) -> str:
    """Return the value of --implementation in a form that is valid in any working directory."""
    return str(implementation.file) if chosen.endswith(".toml") else chosen


def _server(service: Service) -> tuple[str | None, ...]:
    return tuple(service.facts[name] for name in ("server", "http_parser", "event_loop"))
