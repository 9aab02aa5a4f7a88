"""What an implementation diverges in, as a page of Markdown: a row for each requirement that it does not keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import cycle

from conformance.verdict import UNEXPLAINED, Evidence, Outcome, Verdict
from matrix.counts import Counts
from matrix.report import Report

DIVERGING = (Outcome.KNOWN, Outcome.WARNED, Outcome.FAILED)
LONGEST = 100
"""Characters of a signature; the report has it whole."""


def page(report: Report, command: str) -> str:
    """The whole page; `command` is how it is made."""
    header, counts = report.header, report.footer.counts
    diverging = {
        requirement: verdicts
        for requirement, verdicts in _by_requirement(report).items()
        if any(verdict.outcome in DIVERGING for verdict in verdicts)
    }
    lines = [
        f"# Where {_text(header.implementation.name)} diverges from the contract",
        "",
        f"{_text(header.implementation.distribution)} {_text(header.implementation.version)}, judged by "
        f"{header.harness.name} {header.harness.version}, contract edition {header.contract.edition}, Python "
        f"{header.python}, {report.footer.finished[:10]}. Made by `{command}`; the report says everything.",
        "",
        f"{len(diverging)} of {len(header.requirements)} requirements are not kept on every variant: "
        f"{sum(counts[outcome] for outcome in DIVERGING)} of {counts.total} verdicts, {counts.known} of them known.",
        "",
        "| variant | kept | known | warned | failed | unverified |",
        "|---|---:|---:|---:|---:|---:|",
        *(_variant_row(report, str(stamp)) for stamp in header.variants),
    ]
    chapter = ""
    for requirement, verdicts in diverging.items():
        told = header.requirements[requirement]
        if told.chapter != chapter:
            chapter = told.chapter
            lines += ["", f"## {chapter}", "", "| requirement | where | came instead | why |", "|---|---|---|---|"]
        lines.append(_row(f"**{requirement}** {told.keyword} {_text(told.sentence)}", verdicts))
    return "\n".join(lines) + "\n"


def _by_requirement(report: Report) -> dict[str, list[Verdict]]:
    """The verdicts of each requirement, in the order of the contract."""
    found: dict[str, list[Verdict]] = {requirement: [] for requirement in report.header.requirements}
    for verdict in report.verdicts:
        found[verdict.requirement].append(verdict)
    return found


def _variant_row(report: Report, variant: str) -> str:
    counts = Counts.of(verdict for verdict in report.verdicts if _variant(verdict) == variant)
    numbers = (counts.passed, counts.known, counts.warned, counts.failed, counts.unverified)
    return f"| {variant} | {' | '.join(map(str, numbers))} |"


def _row(promise: str, verdicts: Sequence[Verdict]) -> str:
    diverging = [verdict for verdict in verdicts if verdict.outcome in DIVERGING]
    evidence = [entry for verdict in diverging for entry in verdict.evidence if entry.outcome in DIVERGING]
    where = among(map(_variant, diverging), [_variant(verdict) for verdict in verdicts])
    return f"| {promise} | {where} | {_signature(evidence)} | {_explanation(evidence)} |"


def _signature(evidence: Iterable[Evidence]) -> str:
    """The commonest way in which it is not kept, and how many others there are."""
    signatures = Counter((entry.expected, entry.came) for entry in evidence if entry.expected)
    if not signatures:
        return ""
    (expected, came), _ = min(signatures.items(), key=lambda item: (-item[1], item[0]))
    others = f"; {len(signatures) - 1} more" if len(signatures) > 1 else ""
    return f"{_code(came)} instead of {_code(expected)}{others}"


def _explanation(evidence: Iterable[Evidence]) -> str:
    """Every reason that people gave, once; that there is none only where there is none."""
    said = dict.fromkeys((entry.why or UNEXPLAINED, entry.link) for entry in evidence)
    explained = [reason for reason in said if reason[0] != UNEXPLAINED] or [(UNEXPLAINED, "")]
    return "; ".join(f"[{_text(why)}]({link})" if link else _text(why) for why, link in explained)


def among(chosen: Iterable[str], everywhere: Sequence[str]) -> str:
    """Variants in few words: `all`, `sync`, `flask`, `tornado-async`; `everywhere` are those there could be."""
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
    """Text from outside on one line of a table, taken literally but for code in backticks."""
    parts = " ".join(text.split()).replace("|", "\\|").split("`")
    return "`".join(part if code else part.replace("<", "&lt;") for code, part in zip(cycle((False, True)), parts))


def _code(text: str) -> str:
    """Code on one line of a table; a backtick within it would end it."""
    line = " ".join(text.split()).replace("`", "'")
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 4]} ..."
    return "`" + line.replace("|", "\\|") + "`"
