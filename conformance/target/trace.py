"""Trace of a check: its exchanges, its probes with their results, and the services that it used, in their order."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.foundation.exceptions import UnexpectedValue
from conformance.target.agent_client import AgentReport
from conformance.target.exchange import Exchange
from conformance.target.missing import MissingPart
from conformance.target.observed import observed
from conformance.target.service import Started


@dataclass(frozen=True)
class Probe:
    """Call of a scenario's function in a fresh process, with the agent's report of it (None without one)."""

    scenario: str
    function: str
    arguments: Mapping[str, Any]
    report: AgentReport | None


@dataclass(frozen=True)
class ProbeResult:
    """What a probe gave: the value it returned, or the exception it raised."""

    report: AgentReport

    @property
    def value(self) -> Any:
        """What it returned; an AssertionError tells what it raised instead."""
        if self.report["event"] == "raised":
            raise UnexpectedValue(
                "exception",
                "",
                "a value",
                f"{_name(self.report['types'][0])}: {self.report['message']}",
                f"The probe raised instead of returning:\n{self.report['traceback']}",
            )
        return observed(self.report["value"], "value")

    @property
    def types(self) -> list[str]:
        """Classes of the exception that the probe raised, most derived first (`builtins.ValueError`). Raises
        AssertionError when the probe returned."""
        if self.report["event"] == "answered":
            value = observed(self.report["value"], "value")
            message = f"The probe was to raise an error and returned {value!r}"
            raise UnexpectedValue("exception", "", "an exception", value, message)
        types: list[str] = observed(self.report["types"], "exception", "types")
        return types

    @property
    def message(self) -> str:
        """The message of what it raised; an AssertionError when it returned."""
        assert self.types
        message: str = observed(self.report["message"], "exception", "message")
        return message


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


def _name(path: str) -> str:
    return path.removeprefix("builtins.")
