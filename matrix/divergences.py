"""Page of Markdown about an implementation's divergences: each cause, and the requirements that it breaks.

Failures are in the report and in the ledger; the page has them where no cause is written down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from conformance.foundation.untrusted_text import one_line, shortened
from conformance.judging.verdict import UNEXPLAINED, Incident, Outcome, Verdict
from matrix.counts import Counts
from matrix.report import Report

DIVERGING = (Outcome.KNOWN, Outcome.WARNED, Outcome.FAILED)
LONGEST = 100
"""Most characters of a failure on the page; the report holds all of it."""

_CODE = re.compile(r"(?<!`)(`[^`]+`)(?!`)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", "`": "&#96;", "[": "\\[", "]": "\\]", "\\": "\\\\"})
_LINK = re.compile(r"https?://[^\s<>()\\`\"|]+")

Reason = tuple[str, str]


@dataclass
class Cause:
    """A reason from the ledger, with its link: by requirement, the variants that it breaks and their incidents."""

    why: str
    link: str
    where: dict[str, list[str]] = field(default_factory=dict)
    incidents: dict[str, list[Incident]] = field(default_factory=dict)

    @property
    def verdicts(self) -> int:
        """Number of verdicts that the cause explains."""
        return sum(map(len, self.where.values()))

    @property
    def variants(self) -> Counter[str]:
        """Number of these verdicts on each variant."""
        return Counter(variant for variants in self.where.values() for variant in variants)


def page(report: Report, command: str) -> str:
    """Return the whole page; `command` is the command that makes it, which the page names."""
    header, counts = report.header, report.footer.counts
    made_by = one_line(command).replace("`", "'")
    diverging = {verdict.requirement for verdict in report.verdicts if verdict.outcome in DIVERGING}
    lines = [
        f"# Where {_text(header.implementation.name)} diverges from the contract",
        "",
        f"{_text(header.implementation.distribution)} {_text(header.implementation.version)}, judged by "
        f"{_text(header.harness.name)} {_text(header.harness.version)}, contract edition "
        f"{_text(header.contract.edition)}, Python {_text(header.python)}, {report.footer.finished[:10]}. Made by "
        f"`{made_by}`; the report says everything.",
        "",
        f"{len(diverging)} of {len(header.requirements)} requirements are not kept on every variant: "
        f"{sum(counts[outcome] for outcome in DIVERGING)} of {counts.total} verdicts, {counts.known} of them known.",
        "",
        "| variant | on | kept | known | warned | failed | unverified |",
        "|---|---|---:|---:|---:|---:|---:|",
        *(_variant_row(report, str(stamp), stamp.frameworks.get(stamp.backend, "")) for stamp in header.variants),
    ]
    causes = sorted(_causes(report), key=lambda cause: (-cause.verdicts, cause.why))
    for cause in causes:
        if len(cause.where) > 1 and cause.why != UNEXPLAINED:
            lines += ["", _paragraph(cause, report)]
    alone = [
        (name, _line(cause, name, report))
        for cause in causes
        for name in cause.where
        if len(cause.where) == 1 or cause.why == UNEXPLAINED
    ]
    if alone:
        order = list(header.requirements)
        lines += ["", "## One by one", "", *(line for _, line in sorted(alone, key=lambda one: order.index(one[0])))]
    return "\n".join(lines) + "\n"


def _variant_row(report: Report, variant: str, version: str) -> str:
    counts = Counts.of(verdict for verdict in report.verdicts if _variant(verdict) == variant)
    numbers = (counts.passed, counts.known, counts.warned, counts.failed, counts.unverified)
    return f"| {variant} | {_text(version)} | {' | '.join(map(str, numbers))} |"


def _causes(report: Report) -> Iterable[Cause]:
    """Return the causes of all verdicts; "not explained yet" counts as one only where a verdict has no other."""
    found: dict[Reason, Cause] = {}
    order = list(report.header.requirements)
    for verdict in sorted(report.verdicts, key=lambda verdict: order.index(verdict.requirement)):
        if verdict.outcome not in DIVERGING:
            continue
        against = [entry for entry in verdict.incidents if entry.outcome in DIVERGING]
        against = against or [Incident("", verdict.outcome, "", "")]  # the run noted none
        by_reason: dict[Reason, list[Incident]] = {}
        for entry in against:
            by_reason.setdefault((entry.why or UNEXPLAINED, entry.link), []).append(entry)
        for reason, entries in by_reason.items():
            if reason[0] != UNEXPLAINED or len(by_reason) == 1:
                cause = found.setdefault(reason, Cause(*reason))
                cause.where.setdefault(verdict.requirement, []).append(_variant(verdict))
                cause.incidents.setdefault(verdict.requirement, []).extend(entries)
    return found.values()


def _paragraph(cause: Cause, report: Report) -> str:
    """Describe a cause of several requirements, which are named unless the cause breaks most of each variant."""
    everywhere = [str(stamp) for stamp in report.header.variants]
    cells = Counter(map(_variant, report.verdicts))
    head = f"**{_reason(cause)}** On {_in_words(among(cause.variants, everywhere))}, {cause.verdicts} verdicts"
    if all(2 * count > cells[variant] > 2 for variant, count in cause.variants.items()):
        return f"{head}, most of what is judged there."
    return f"{head}: {', '.join(_named(cause, name, report) for name in cause.where)}."


def _line(cause: Cause, requirement: str, report: Report) -> str:
    """Describe a requirement with a cause of its own, with its failure where the cause is not explained."""
    judged = [_variant(verdict) for verdict in report.verdicts if verdict.requirement == requirement]
    where = among(cause.where[requirement], judged)
    told = f"- {requirement}{'' if where == 'all' else f' ({where})'}: {_reason(cause)}"
    return told if cause.why != UNEXPLAINED else f"{told}: {_failure(cause.incidents[requirement])}"


def _reason(cause: Cause) -> str:
    if not cause.link:
        return _text(cause.why)
    if not _LINK.fullmatch(cause.link):
        return f"{_text(cause.why)} ({_text(cause.link)})"
    return f"[{_text(cause.why)}]({cause.link})"


def _in_words(where: str) -> str:
    return {"all": "every variant", "sync": "every synchronous variant", "async": "every asynchronous variant"}.get(
        where, where
    )


def _named(cause: Cause, requirement: str, report: Report) -> str:
    """Name a requirement, with its variants unless they are all those of the cause that it applies to."""
    judged = [_variant(verdict) for verdict in report.verdicts if verdict.requirement == requirement]
    possible = [variant for variant in judged if variant in cause.variants]
    where = among(cause.where[requirement], possible)
    return requirement if where == "all" else f"{requirement} ({where})"


def _failure(incidents: Iterable[Incident]) -> str:
    """Describe the most frequent failure, and count the others."""
    failures = Counter(entry.failure for entry in incidents if entry.failure is not None)
    if not failures:
        return "no failure"
    failure, _ = min(failures.items(), key=lambda item: (-item[1], str(item[0])))
    others = f"; {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"{_code(str(failure))}{others}"


def among(chosen: Iterable[str], everywhere: Sequence[str]) -> str:
    """Name variants briefly: `all`, `sync`, `flask`, `tornado-async`; `everywhere` lists all that are possible."""
    wanted = set(chosen)
    if wanted == set(everywhere):
        return "all"
    for mode in ("sync", "async"):
        if wanted == {variant for variant in everywhere if variant.endswith(f"-{mode}")}:
            return mode
    words = []
    for backend in dict.fromkeys(variant.rpartition("-")[0] for variant in everywhere):
        modes = [variant for variant in everywhere if variant.rpartition("-")[0] == backend]
        inside = [variant for variant in modes if variant in wanted]
        words += [backend] if inside == modes else inside
    return ", ".join(words)


def _variant(verdict: Verdict) -> str:
    return f"{verdict.backend}-{verdict.mode}"


def _text(text: str) -> str:
    """Escape text from outside for a line of Markdown, but for code in backticks: no HTML, links or table cells."""
    parts = _CODE.split(one_line(text))  # every second one is code
    literal = (part if code else part.translate(_ESCAPES) for code, part in zip(cycle((False, True)), parts))
    return "".join(literal).replace("|", "\\|")


def _code(text: str) -> str:
    """Format text as code on one line, with its backticks replaced."""
    line = shortened(one_line(text).replace("`", "'"), LONGEST)
    return "`" + line.replace("|", "\\|") + "`"
