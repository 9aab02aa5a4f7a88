"""`python -m conformance differential`: sends all variants the same bytes and reports where they disagree."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.contract.variant import Variant
from conformance.differential import equivalence
from conformance.differential.comparison import Account, Disagreement, compare
from conformance.differential.ensemble import ensemble
from conformance.differential.equivalence import majority
from conformance.differential.pinned import FOLDER, pin, pinned
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.target.implementation import Implementation
from conformance.trust.mutant import MUTANTS, discover

REPORT = Path("reports") / "differential.json"
SCHEMA_FILE = Path(__file__).with_name("report.schema.json")
LEAST_ACCEPTED = 0.25  # of the examples: the others are refusals, which reach no endpoint


@dataclass(frozen=True)
class Options:
    """Options of one run. `plant` is a mutant and the variant that gets it: the run has to find it."""

    examples: int = 300
    seed: int = 1
    pin: bool = False
    plant: tuple[str, str] | None = None
    variants: Sequence[str] = ()
    report: Path = REPORT
    pins: Path = FOLDER


def run(implementation: Implementation, options: Options, say: Callable[[str], None]) -> ExitCode:
    """Run the comparison; return 0 when all variants agree, 1 when not. Raises BadUsage, and HarnessError when too
    little was verified or a service could not be asked."""
    if options.examples < 1:
        raise BadUsage(f"--examples {options.examples}: at least one example is needed.")
    variants = chosen(implementation, options.variants)
    planted = {}
    if options.plant is not None:
        name, where = options.plant
        mutants = discover()
        if name not in mutants:
            raise BadUsage(f"There is no mutant {name!r} in {MUTANTS}.")
        planted = {variant: mutants[name] for variant in variants if str(variant) == where}
        if not planted:
            raise BadUsage(f"--plant {name} {where}: {where} is none of {', '.join(map(str, variants))}.")
    with ensemble(implementation, variants, planted, options.seed) as together:
        kept = [] if planted else list(pinned(options.pins))
        disagreements = []
        for example in kept:
            outcomes = together.outcomes(example.message)
            if set(outcomes.values()) != {example.expected}:
                say(f"pinned example {example.name} ({example.why}):")
                disagreements.append(Disagreement(example.message, outcomes, example.expected))
        account, smallest = compare(together, options.examples, options.seed)
        parsers = together.parsers
    if smallest is not None:
        disagreements.append(smallest)
        if options.pin:
            expected = majority(smallest.outcomes)
            say(f"pinned: {pin(smallest.sent, expected, smallest.sentence).write(options.pins)}")
    write(options, parsers, account, disagreements)
    for disagreement in disagreements:
        say(str(disagreement))
    say(summary(options, parsers, account, len(kept)))
    if disagreements:
        return ExitCode.DOES_NOT_CONFORM
    if account.accepted < LEAST_ACCEPTED:
        raise HarnessError(
            f"Only {account.accepted:.0%} of the examples were answered 2xx: what is refused at once verifies little."
        )
    return ExitCode.CONFORMS


def chosen(implementation: Implementation, names: Sequence[str]) -> list[Variant]:
    known = {str(variant): variant for variant in implementation.variants}
    for name in names:
        if name not in known:
            raise BadUsage(f"There is no variant {name!r}. The variants are {', '.join(known)}.")
    found = [variant for name, variant in known.items() if not names or name in names]
    if len(found) < 3:
        raise BadUsage(f"Of {len(found)} variants none is in a minority: three are needed at least.")
    return found


def summary(options: Options, parsers: Mapping[Variant, str], account: Account, kept: int) -> str:
    kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(account.kinds.items()))
    servers = ", ".join(f"{parser}: {count}" for parser, count in sorted(Counter(parsers.values()).items()))
    return (
        f"{account.examples} examples and {kept} pinned ones on {len(parsers)} variants, seed {options.seed}, "
        f"equivalence version {equivalence.VERSION}\nHTTP parsers {servers}\nanswered with {kinds}\n"
        f"report: {options.report}"
    )


def write(
    options: Options, parsers: Mapping[Variant, str], account: Account, disagreements: Sequence[Disagreement]
) -> None:
    """Write the report that report.schema.json describes; bytes are in base64."""
    document: dict[str, Any] = {
        "schema": 1,
        "equivalence": equivalence.VERSION,
        "seed": options.seed,
        "variants": {str(variant): {"http_parser": parser} for variant, parser in sorted(parsers.items(), key=str)},
        "examples": account.examples,
        "outcomes": dict(sorted(account.kinds.items())),
        "disagreements": [
            {
                "scenario": each.sent.scenario,
                "sent": base64.b64encode(each.sent.data).decode(),
                "minority": sorted(map(str, each.minority)),
                "answers": {str(variant): str(found) for variant, found in each.outcomes.items()},
            }
            for each in disagreements
        ],
    }
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
