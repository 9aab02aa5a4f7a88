"""Result of a probe: what a function of a scenario returned, or raised, in a fresh process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.foundation.exceptions import UnexpectedValue
from conformance.target.agent_client import AgentReport
from conformance.target.observed import observed


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


def _name(path: str) -> str:
    return path.removeprefix("builtins.")
