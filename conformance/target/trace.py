"""What a check did to a target, as it goes: its exchanges, its probes, the services that it used."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.target.agent_client import AgentReport
from conformance.target.exchange import Exchange
from conformance.target.service import Started


@dataclass(frozen=True)
class Probe:
    """A function of a scenario that was called in a fresh process, and the agent's report of it, None without one."""

    scenario: str
    function: str
    arguments: Mapping[str, Any]
    report: AgentReport | None


@dataclass
class Trace:
    """In the order it happened. `preparation` are the exchanges by which the harness makes sure of a service before the
    check has it: whether there are any depends on who came first."""

    exchanges: list[Exchange] = field(default_factory=list)
    preparation: list[Exchange] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    touched: list[Started] = field(default_factory=list)
    _prepares: bool = False

    def record(self, exchange: Exchange) -> None:
        """Add an exchange; threads may."""
        (self.preparation if self._prepares else self.exchanges).append(exchange)

    @contextlib.contextmanager
    def preparing(self) -> Iterator[None]:
        """While this lasts exchanges are preparation."""
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
        )
