"""Result of a probe: what a function of a scenario returned, or raised, in a fresh process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.target.agent_client import AgentReport


@dataclass(frozen=True)
class ProbeResult:
    """What a probe gave: the value it returned, or the exception it raised."""

    report: AgentReport

    @property
    def value(self) -> Any:
        """What it returned; an AssertionError tells what it raised instead."""
        if self.report["event"] == "raised":
            raise AssertionError(f"The probe raised instead of returning:\n{self.report['traceback']}")
        return self.report["value"]

    @property
    def types(self) -> list[str]:
        """Classes of the exception that the probe raised, most derived first (`builtins.ValueError`). Raises
        AssertionError when the probe returned."""
        if self.report["event"] == "answered":
            raise AssertionError(f"The probe was to raise an error and returned {self.report['value']!r}")
        return list(self.report["types"])

    @property
    def message(self) -> str:
        """The message of what it raised; an AssertionError when it returned."""
        assert self.types
        return str(self.report["message"])
