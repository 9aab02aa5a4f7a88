"""Cases of environment variables: what a class declares, what its sources hold, and what an instance then has (ENV)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from string import Template
from typing import Any

from conformance.foundation import seeded_random
from conformance.target.target import Target

Outcomes = Mapping[str, "Outcome"]


@dataclass(frozen=True)
class Case:
    """A class of variables, its sources, and the values that are expected.

    `declares` is the body of the class, `environment` the process's variables, `files` texts by their paths (scenario
    env_classes.py). `values` is the JSON object of what the attributes hold, empty for a case that is to be refused.
    `$word` and `$number`, in any text, are random and the same all through a run.
    """

    declares: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    values: str = "{}"
    service: bool = False

    @property
    def expected(self) -> dict[str, Any]:
        """Values of the attributes, with the random values of this run."""
        found: dict[str, Any] = json.loads(filled(self.values))
        return found

    def order(self) -> dict[str, Any]:
        """The case as JSON for the scenario, with the random values of this run."""
        told = {**asdict(self), "reads": list(self.expected)}
        del told["values"]
        found: dict[str, Any] = json.loads(filled(json.dumps(told)))
        return found


@dataclass(frozen=True)
class Outcome:
    """What the scenario told of a case: the instance, or what was raised."""

    name: str
    told: Mapping[str, Any]

    @property
    def returned(self) -> Mapping[str, Any]:
        """What was told of the instance; AssertionError with the traceback if one was raised instead."""
        assert "types" not in self.told, f"{self.name}: it raised instead:\n{self.told['traceback']}"
        return self.told

    @property
    def types(self) -> list[str]:
        """Classes of the exception that was raised; AssertionError when there was none."""
        assert "types" in self.told, f"{self.name}: nothing was raised: {self.told}"
        return list(self.told["types"])

    @property
    def message(self) -> str:
        """Message of the exception that was raised, without the folder of the cases."""
        assert self.types
        return str(self.told["message"])

    @property
    def traceback(self) -> str:
        """Exception that was raised and those it was chained to, each with the line it came from."""
        assert self.types
        return str(self.told["traceback"])


def holds(outcomes: Outcomes, cases: Mapping[str, Case]) -> None:
    """Assert that every attribute of every case has the value and the type that the case says."""
    came = {name: outcomes[name].told for name in cases}
    found = {name: told["values"] if "values" in told else told["message"] for name, told in came.items()}
    expected = {name: case.expected for name, case in cases.items()}
    assert _written(found) == _written(expected)


def _written(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as JSON, in which 1 is neither True nor 1.0."""
    return {name: json.dumps(value, sort_keys=True) for name, value in values.items()}


def word() -> str:
    """Random word of this run's cases."""
    return f"w{seeded_random.of('environment').getrandbits(64):016x}"


def number() -> int:
    """Random number of this run's cases."""
    return 10**8 + seeded_random.of("environment", "number").randrange(10**8)


def filled(text: str) -> str:
    """The text with the random values for `$word` and `$number`."""
    return Template(text).substitute(word=word(), number=number())


def read(target: Target, *groups: Mapping[str, Case]) -> Outcomes:
    """Have one process of the scenario read all cases; raises AssertionError where two have one name."""
    cases = {name: case for group in groups for name, case in group.items()}
    assert len(cases) == sum(map(len, groups))
    told = target.probe("env_classes", "read", cases={name: case.order() for name, case in cases.items()}).value
    return {name: Outcome(name, told[name]) for name in cases}
