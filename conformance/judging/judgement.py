"""Computes one verdict for each requirement on each variant from the results of its checks."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from conformance.contract.check import Check
from conformance.contract.node_id import NodeId
from conformance.contract.requirement import Contract, Keyword, Requirement
from conformance.contract.variant import Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.failure import Failure, Kind
from conformance.judging.ledger import Ledger
from conformance.judging.normalisation import normalised_line
from conformance.judging.verdict import Incident, Outcome, Verdict, worst


@dataclass(frozen=True)
class Scope:
    """Variants and requirements that a run judges.

    `narrowed` says that only some checks were selected (a node id, -k): cells without a result are then left out,
    whereas a whole run counts them as unverified.
    """

    variants: tuple[Variant, ...]
    requirements: frozenset[str]
    narrowed: bool = False


def applicable(contract: Contract, scope: Scope) -> list[tuple[Requirement, Variant]]:
    """List the cells of a run: each requirement in scope with each variant in scope that it applies to."""
    return [
        (requirement, variant)
        for requirement in contract
        if requirement.id in scope.requirements
        for variant in scope.variants
        if requirement.applies.holds(variant)
    ]


def judge(
    contract: Contract,
    checks: Collection[Check],
    results: Iterable[CaseResult],
    scope: Scope,
    stale: Mapping[str, str],
    ledger: Ledger | None = None,
    versions: Mapping[Variant, Mapping[str, str]] = MappingProxyType({}),
) -> list[Verdict]:
    """Return a verdict for each cell of the scope.

    `stale` maps requirements whose checks no longer match the contract's wording to the reason. `versions` are those of
    each variant, by distribution and `python`, for the conditions of the ledger. A case that is blocked by a
    requirement which passed on its variant in this run is failed.
    """
    results = settled(contract, checks, results, scope, stale)
    return _verdicts(contract, checks, results, scope, stale, ledger, versions)


def settled(
    contract: Contract,
    checks: Collection[Check],
    results: Iterable[CaseResult],
    scope: Scope,
    stale: Mapping[str, str],
) -> list[CaseResult]:
    """Return the results of a run, with those as failed that are blocked by a requirement which passed on their
    variant; the arguments are those of `judge`."""
    everything = list(results)
    found = _verdicts(contract, checks, everything, scope, stale, None, {})
    passed = {(each.requirement, f"{each.backend}-{each.mode}") for each in found if each.outcome is Outcome.PASSED}
    return [
        _unblocked(result) if (result.blocked_by, str(result.variant)) in passed else result for result in everything
    ]


def _unblocked(result: CaseResult) -> CaseResult:
    """Return a result as failed whose blocker passed, so that it is no reason."""
    said = f"It was blocked by {result.blocked_by}, but that passed on {result.variant}: so it fails by itself."
    failure = result.failure or Failure(Kind.OTHER, "", "", f"blocked by {result.blocked_by}, which passed")
    reason = f"{said}\n{result.reason}"
    return replace(result, outcome=Outcome.FAILED, failure=failure, reason=reason, blocked_by="")


def _verdicts(
    contract: Contract,
    checks: Collection[Check],
    results: Iterable[CaseResult],
    scope: Scope,
    stale: Mapping[str, str],
    ledger: Ledger | None,
    versions: Mapping[Variant, Mapping[str, str]],
) -> list[Verdict]:
    bound: dict[str, list[str]] = {}
    for check in checks:
        for identifier in check.binding.requirements if check.binding else ():
            bound.setdefault(identifier, []).append(check.name)
    found: dict[tuple[str, Variant], list[CaseResult]] = {}
    for result in results:
        found.setdefault((result.check, result.variant), []).append(result)
    verdicts = []
    for requirement, variant in applicable(contract, scope):
        names = bound.get(requirement.id, [])
        present = [name for name in names if (name, variant) in found]
        if scope.narrowed and not present:
            continue
        incidents = [
            against
            for name in present
            for result in found[name, variant]
            if (against := incident_of(requirement, result, ledger, versions.get(variant, {}))) is not None
        ]
        if not scope.narrowed:
            incidents += [_not_run(name, variant) for name in names if name not in present]
        if requirement.id in stale:
            incidents += [
                Incident(name, Outcome.UNVERIFIED, stale[requirement.id], "python -m conformance lock")
                for name in names
            ]
        verdicts.append(
            Verdict(
                requirement=requirement.id,
                backend=variant.backend,
                mode=variant.mode.value,
                outcome=worst([entry.outcome for entry in incidents] or [Outcome.PASSED] * bool(names)),
                checks=tuple(sorted(present if scope.narrowed else names)),
                incidents=tuple(incidents),
                files=tuple(sorted({result.file for name in present for result in found[name, variant]} - {""})),
            )
        )
    return verdicts


def incident_of(
    requirement: Requirement, result: CaseResult, ledger: Ledger | None, versions: Mapping[str, str]
) -> Incident | None:
    """Return the incident of a result for one requirement, as the ledger rules on it.

    None for a pass that the ledger does not list.
    """
    if result.blocked_by == requirement.id:
        result = _own(result)
    incident = Incident(
        check=result.check,
        outcome=result.outcome,
        reason=result.reason,
        reproduce=result.reproduce or reproduce(result.check, result.variant),
        log=result.log,
        exchanges=result.exchanges,
        case=result.case,
        failure=result.failure,
        blocked_by=result.blocked_by,
        file=result.file,
        replays=result.replays,
    )
    ruling = ledger.ruling(requirement.id, result, versions) if ledger else None
    if ruling is not None:
        return replace(
            incident,
            outcome=ruling.outcome,
            reason=ruling.reason,
            why=ruling.why,
            link=ruling.link,
            listed=True,
            mended=ruling.outcome is Outcome.PASSED,
        )
    return None if result.outcome is Outcome.PASSED else _at_level(incident, requirement.keyword)


def _own(result: CaseResult) -> CaseResult:
    """Return a result as failed for the requirement that is itself the blocker."""
    failure = result.failure or Failure(Kind.OTHER, "", "", normalised_line(result.reason))
    return replace(result, outcome=Outcome.FAILED, failure=failure, blocked_by="")


def _at_level(incident: Incident, keyword: Keyword) -> Incident:
    """Turn the failure of a SHOULD or MAY into a warning."""
    if incident.outcome is Outcome.FAILED and keyword is not Keyword.MUST:
        return replace(incident, outcome=Outcome.WARNED)
    return incident


def _not_run(check: str, variant: Variant) -> Incident:
    return Incident(
        check,
        Outcome.UNVERIFIED,
        "The run ended before this check, or it was left out.",
        reproduce(check, variant),
    )


def reproduce(
    check: str, variant: Variant, implementation: str | None = None, case: str = "", options: Sequence[str] = ()
) -> str:
    """Return the command that runs one check on one variant again; `options` are added to its arguments."""
    chosen = ["--implementation", implementation] if implementation else []
    return shlex.join(["pytest", f"conformance/checks/{NodeId(check, str(variant), case=case)}", *chosen, *options])
