"""`python -m conformance replay EVIDENCE`: runs recorded failures again and says whether they come again.

Evidence may come from somebody else's machine: it is data, and nothing of it is run. The checks and cases are looked up
among this checkout's, the implementation is one that this checkout knows by its name, or the user's own choice.

The environment is compared first: elsewhere than where it was found a failure proves nothing, nor does its absence.
Then the case runs with its seed, fresh, and so sends the bytes that it sent; what the check finds this time is the
answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from conformance.contract.check import SCENARIOS, discover
from conformance.contract.node_id import NodeId
from conformance.contract.variant import Variant
from conformance.evidence import records
from conformance.evidence.records import Environment, Record
from conformance.evidence.rerun import rerun
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import printable
from conformance.judging.normalisation import normalise
from conformance.judging.selection import SERVER_OPTIONS
from conformance.judging.verdict import Outcome
from conformance.target.implementation import FOLDER, Implementation, find
from conformance.target.target import Target

FIXED, REPRODUCED = ExitCode.CONFORMS, ExitCode.DOES_NOT_CONFORM
DIFFERS = ExitCode.BAD_USAGE  # what the evidence asks for is not here


def replay(file: Path, case: str | None, implementation: str | None, say: Callable[[str], None]) -> ExitCode:
    """Run the failed cases of a file again (all cases if none failed, or the one named) and print what becomes of each.

    `implementation`, a name or a file, is judged in place of the one that the evidence names. Returns FIXED, REPRODUCED
    or DIFFERS, the last as soon as the environment of one of the cases differs. Raises BadUsage for what is no evidence
    or not of this checkout, HarnessError when nothing can be judged.
    """
    kept = _chosen(records.read(file), case, file)
    chosen = implementation or _known(kept[0].implementation, file)
    judged = find(chosen)
    checks = {each.name for each in discover()}
    for record in kept:
        _require_known(record, judged, checks, file)
    facts = _facts(kept[0], judged)
    differences = {record.node: _differences(record, facts) for record in kept}
    for node, found in differences.items():
        if found:
            _tell(say, node, "the environment differs", found)
    if any(differences.values()):
        return DIFFERS
    first = kept[0]
    options = [f"--server-option={name}={value}" for name, value in first.options.items()]
    # One file is of one run, unless somebody joined two.
    if any((record.seed, record.implementation) != (first.seed, first.implementation) for record in kept):
        raise BadUsage(f"{file} holds cases of several runs; choose one with --case.")
    now = rerun([record.node for record in kept], chosen, [f"--seed={first.seed}", *options])
    codes = [_judged(record, now[record.node], say) for record in kept]
    return DIFFERS if DIFFERS in codes else max(codes)


def _chosen(records: Iterable[Record], case: str | None, file: Path) -> list[Record]:
    last = {record.node: record for record in records}
    if case is not None:
        chosen = [record for record in last.values() if case in (record.node, record.case)]
        if not chosen:
            raise BadUsage(f"{file} holds no case {case!r}. It holds {', '.join(last)}.")
        return chosen
    return [record for record in last.values() if record.outcome != Outcome.PASSED.value] or list(last.values())


def _known(name: str, file: Path) -> str:
    """The name of one of this checkout's implementations; a file that evidence names is of another machine, and says
    what to run there."""
    known = sorted(entry.stem for entry in FOLDER.glob("*.toml"))
    if name not in known:
        raise BadUsage(
            f"{file} was made with the implementation {name!r}, which is none of {', '.join(known)}. Nothing that "
            "evidence names is run: say with --implementation which one to judge."
        )
    return name


def _require_known(record: Record, judged: Implementation, checks: Collection[str], file: Path) -> None:
    """Raise BadUsage unless the case is one of a check of this checkout; whether there is such a case says pytest."""
    if record.check not in checks:
        raise BadUsage(f"{file}: there is no check {record.check!r} in this checkout.")
    try:
        Variant.parse(record.variant, judged.backends)
    except ValueError as error:
        raise BadUsage(f"{file}: {error}.") from None
    node = NodeId(record.check, record.variant, case=record.case)
    if record.node != str(node) or not (record.node.isascii() and record.node.isprintable()):
        raise BadUsage(f"{file}: {record.node!r} is no case of {record.check}.")
    for name, value in record.options.items():
        if value not in SERVER_OPTIONS.get(name, ()):
            raise BadUsage(f"{file}: there is no server option {name!r} of the value {value!r}.")


def _facts(record: Record, judged: Implementation) -> Mapping[str, Any]:
    """What the agent sees of the interpreter on the variant, of which all records of a file are."""
    with Target(judged, Variant.parse(record.variant, judged.backends)) as target:
        return target.prepared()


def _differences(record: Record, facts: Mapping[str, Any]) -> list[str]:
    """In what the present environment is not that of the evidence."""
    if record.environment.python is None:  # the case never came to ask the interpreter
        facts = {}
    now = Environment.of(facts, (), record.environment.scenarios, SCENARIOS, record.check)
    return record.environment.differences(now)


def _judged(before: Record, now: Record, say: Callable[[str], None]) -> ExitCode:
    served = before.environment.served_otherwise(now.environment)
    if served:
        _tell(say, now.node, "the environment differs", served)
        return DIFFERS
    if now.outcome == Outcome.UNVERIFIED.value and before.outcome != now.outcome:
        raise HarnessError(f"{now.node} could not be judged: {now.reason}")
    unsent = [line for fingerprint, line in before.requests.items() if fingerprint not in now.requests]
    notes = [f"not sent again: {line}" for line in unsent]
    if not unsent and before.requests:
        notes = [f"the same {len(before.requests)} requests were sent, byte for byte"]
    if before.provider != now.provider:
        notes.append(f"{before.provider or 'nobody'} was judged then, {now.provider or 'nobody'} now")
    if now.outcome == Outcome.PASSED.value:
        _tell(say, now.node, "it passes" if before.outcome == now.outcome else "fixed: it passes now", notes)
        return FIXED
    if _same_failure(before.reason, now.reason):
        _tell(say, now.node, "reproduced: it fails for the same reason", notes)
    elif before.outcome == Outcome.PASSED.value:
        _tell(say, now.node, "it passed, and fails now", notes)
    else:
        _tell(say, now.node, "it fails again, for another reason", [*notes, "the reason was:", *_lines(before.reason)])
    _tell(say, "", "the reason is:", _lines(now.reason))
    return REPRODUCED


def _same_failure(*reasons: str) -> bool:
    return len({normalise(reason.partition("\n")[0]) for reason in reasons}) == 1


def _lines(text: str) -> list[str]:
    return [f"  {line}" for line in printable(text).split("\n")[:40]]


def _tell(say: Callable[[str], None], node: str, sentence: str, more: Iterable[str]) -> None:
    say(f"{printable(node)}: {sentence}" if node else f"  {sentence}")
    for line in more:
        say(f"  {printable(line)}")
