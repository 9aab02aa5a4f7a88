"""Shutdown under stress: `python scenario.py` is ended at a random moment after its first answer, many times, and its
hooks are counted."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from conformance.contract.variant import Variant
from conformance.foundation import loopback
from conformance.target.implementation import Implementation
from conformance.target.service import Script
from conformance.target.target import Target

LATEST = 0.5  # seconds from the first answer to the signal


@dataclass(frozen=True)
class Stops:
    """Number of times that each way to end was seen on a variant; `clean` is one startup, one shutdown and exit status
    0.

    `others` counts the rest, by what was wrong.
    """

    variant: Variant
    clean: int
    others: Counter[str]


def measure(implementation: Implementation, times: int, seed: int) -> Iterator[Stops]:
    """Start a script, get one answer and send SIGTERM at a random moment (from `seed`), `times` times on each
    variant."""
    moments = random.Random(seed)
    for variant in implementation.variants:
        with Target(implementation, variant) as target:
            seen = Counter(_once(target, moments.uniform(0, LATEST)) for _ in range(times))
        clean = seen.pop("", 0)
        yield Stops(variant, clean, seen)


def _once(target: Target, moment: float) -> str:
    """What was wrong with one life; empty when nothing was."""
    address = (target.host, loopback.free_port(target.host))
    script = target.script("hook_journal", address=address, host=address[0], port=address[1])
    time.sleep(moment)
    script.signal(signal.SIGTERM)
    try:
        return _wrong(script)
    except AssertionError as error:
        return str(error).partition("\n")[0]
    finally:
        target.end_owned()


def _wrong(script: Script) -> str:
    status = script.wait()
    hooks = Counter(name for name in script.event_names() if name.startswith(("startup", "shutdown")))
    if status != 0:
        return f"exit status {status}"
    for name in ("startup-1", "startup-2", "shutdown-1", "shutdown-2"):
        if hooks[name] != 1:
            return f"{name} ran {hooks[name]} times"
    return ""


def table(stops: list[Stops]) -> str:
    """Return a Markdown table with a row for each variant."""
    rows = ["| variant | launches | clean | otherwise |", "|---|---:|---:|---|"]
    for entry in stops:
        others = ", ".join(f"{count} x {what}" for what, count in sorted(entry.others.items()))
        rows.append(f"| {entry.variant} | {entry.clean + entry.others.total()} | {entry.clean} | {others} |")
    return "\n".join(rows)
