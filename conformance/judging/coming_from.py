"""Page of Markdown for who comes from UtilMeta, made of the contract, the facts of the guides and the ledgers.

It says what the guides document and this contract decides otherwise, what is not there, and where the published package
differs from its own documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from conformance.contract.guides import Fact, Guides
from conformance.contract.requirement import Contract, Source
from conformance.foundation.requirement_ids import sort_key
from conformance.judging.ledger import Ledger
from conformance.judging.verdict import UNEXPLAINED

_SOURCES = re.compile(r"\s*(?:The page|A guide|This contract)(?: and this contract| alone)? promises? otherwise\.$")

_HEAD = """\
# Coming from UtilMeta

The guides of UtilMeta document what a service may rely on, and so does the
[contract](../conformance/contract/README.md) of this project. This page is for who knows the former: what is decided
otherwise here and why, what is not there yet, and what the package that UtilMeta publishes does otherwise than its own
documentation. What the reference leaves out, beside that, is in [reference-limits.md](reference-limits.md). Printed by

    python -m conformance coming-from-utilmeta
"""


def page(contract: Contract, guides: Guides, newest: Ledger, pinned: Ledger) -> str:
    """Return the whole page.

    `newest` and `pinned` are the ledgers of the published package, on the newest frameworks and on those of its time.
    """
    lines = [_HEAD, *_kept(guides), *_otherwise(guides), *_missing(guides), *_package(contract, newest, pinned)]
    return "\n".join(lines) + "\n"


def _kept(guides: Guides) -> Iterator[str]:
    yield from ("## What the guides document", "", "| chapter | facts | kept | decided otherwise | not there yet |")
    yield "|---|---:|---:|---:|---:|"
    for chapter, facts in groupby(guides.facts, key=lambda fact: fact.chapter):
        yield _row(chapter, list(facts))
    yield _row("all", guides.facts)
    yield ""
    yield "Not judged yet: " + "; ".join(f"{what} ({chapter})" for chapter, what in guides.later.items()) + "."


def _row(name: str, facts: Sequence[Fact]) -> str:
    counts = (sum(map(bool, each)) for each in zip(*((not f.says, f.ours, f.waits) for f in facts), strict=True))
    return f"| {name} | {len(facts)} | " + " | ".join(map(str, counts)) + " |"


def _otherwise(guides: Guides) -> Iterator[str]:
    yield from ("", "## Decided otherwise", "", "| | the guides | here |", "|---|---|---|")
    yield from (f"| {fact.id} | {_cell(fact.says)} | {_cell(fact.ours)} |" for fact in guides.facts if fact.ours)


def _missing(guides: Guides) -> Iterator[str]:
    yield from ("", "## Not there yet", "", "| | the guides | waits for |", "|---|---|---|")
    yield from (f"| {fact.id} | {_cell(fact.says)} | {_cell(fact.waits)} |" for fact in guides.facts if fact.waits)


def _package(contract: Contract, newest: Ledger, pinned: Ledger) -> Iterator[str]:
    causes: dict[str, set[str]] = {}
    for entry in newest.entries:
        if entry.requirement in contract and entry.explanation.why != UNEXPLAINED:
            causes.setdefault(entry.explanation.why, set()).add(entry.requirement)
    by_source: dict[Source, list[str]] = {source: [] for source in Source}
    for why, found in causes.items():
        by_source[min((contract[each].source for each in found), key=list(Source).index)].append(why)
    yield from ("", "## What the published package does otherwise than its documentation", "")
    yield (
        "From the ledgers of [upstream](upstream.md), version 2.8.1, by the causes that people have written down.\n"
        "*Since* says where a cause is of newer frameworks alone: with those of the package's time it is not there."
    )
    older = {(entry.requirement, entry.explanation.why) for entry in pinned.entries}
    for source, title in ((Source.PAGE, "Of the page Run & Deploy"), (Source.GUIDES, "Of the other guides")):
        yield from ("", f"### {title}", "", "| what it does | requirements | since |", "|---|---|---|")
        for why in by_source[source]:
            found = causes[why]
            told = sorted((each for each in found if contract[each].source is not Source.READING), key=sort_key)
            since = "" if any((each, why) in older for each in found) else "newer frameworks"
            yield f"| {_cell(_SOURCES.sub('', why))} | {', '.join(told)} | {since} |"
    others = len(by_source[Source.READING])
    yield ""
    yield f"{others} further causes break readings of this contract alone, which UtilMeta's documentation leaves open."
    unexplained = {entry.failure for entry in newest.entries if entry.explanation.why == UNEXPLAINED}
    if unexplained:
        yield f"{len(unexplained)} failures have no cause written down yet."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
