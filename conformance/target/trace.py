"""Trace of a check: its exchanges, its probes and the services that it used, in the order it happened."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.target.agent_client import AgentReport
from conformance.target.exchange import Exchange
from conformance.target.missing import MissingPart
from conformance.target.service import Started


@dataclass(frozen=True)
class Probe:
    """Call of a scenario's function in a fresh process, with the agent's report of it (None without one)."""

    scenario: str
    function: str
    arguments: Mapping[str, Any]
    report: AgentReport | None


@dataclass
class Trace:
    """Exchanges, probes and services in the order they happened. `preparation` holds the exchanges that attest a
    service before the check gets it; which check has them depends on the order of checks. `missing` are the parts that
    the implementation lacks of the scenarios that were used."""

    exchanges: list[Exchange] = field(default_factory=list)
    preparation: list[Exchange] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    touched: list[Started] = field(default_factory=list)
    missing: dict[MissingPart, None] = field(default_factory=dict)
    _prepares: bool = False

    def record(self, exchange: Exchange) -> None:
        """Add an exchange; safe to call from threads."""
        (self.preparation if self._prepares else self.exchanges).append(exchange)

    @contextlib.contextmanager
    def preparing(self) -> Iterator[None]:
        """Count exchanges inside a `with` block as preparation."""
        self._prepares = True
        try:
            yield
        finally:
            self._prepares = False

    def __add__(self, other: Trace) -> Trace:
        return Trace(
            self.exchanges + other.exchanges,
            self.preparation + other.preparation,
            self.probes + other.probes,
            self.touched + other.touched,
            self.missing | other.missing,
        )
