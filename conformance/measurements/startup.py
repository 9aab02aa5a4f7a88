"""Start-up time of a forked service until its first answer, which every check that starts one pays."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from conformance.contract.variant import Variant
from conformance.target.implementation import Implementation
from conformance.target.target import Target


@dataclass(frozen=True)
class Startup:
    """Milliseconds from the order to fork until the first answer was read, for each service started."""

    variant: Variant
    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median of the times, in milliseconds."""
        return statistics.median(self.milliseconds)


def measure(implementation: Implementation, times: int) -> Iterator[Startup]:
    """Start the root scenario `times` times on each variant, one after the other, and return the times."""
    for variant in implementation.variants:
        with Target(implementation, variant) as target:
            target.root()
            yield Startup(variant, tuple(_once(target) for _ in range(times)))


def _once(target: Target) -> float:
    before = time.perf_counter()
    target.serve("root")  # returns once the nonce has been answered
    taken = (time.perf_counter() - before) * 1000
    target.end_owned()
    return taken


def table(startups: list[Startup]) -> str:
    """Return a Markdown table with a row for each variant."""
    rows = ["| variant | services | median ms | slowest ms |", "|---|---:|---:|---:|"]
    rows += [
        f"| {entry.variant} | {len(entry.milliseconds)} | {entry.median:.0f} | {max(entry.milliseconds):.0f} |"
        for entry in startups
    ]
    return "\n".join(rows)
