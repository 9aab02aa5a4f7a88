"""A case of environment variables: what is declared, what the sources hold, and what came of it."""

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
    """`$word` and `$number` in any text are random, the same all through a run.

    `declares` is the body of the class. `files` are texts by their paths; see scenarios/env_classes.py. `values` is the
    JSON object of what the attributes hold; of a case that is to be refused it is empty.
    """

    declares: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    values: str = "{}"
    service: bool = False

    @property
    def expected(self) -> dict[str, Any]:
        """What `values` says, with the random values of this run."""
        found: dict[str, Any] = json.loads(filled(self.values))
        return found

    def order(self) -> dict[str, Any]:
        """What the scenario is told of it."""
        told = {**asdict(self), "reads": list(self.expected)}
        del told["values"]
        found: dict[str, Any] = json.loads(filled(json.dumps(told)))
        return found


@dataclass(frozen=True)
class Outcome:
    """What came of a case."""

    name: str
    told: Mapping[str, Any]

    @property
    def returned(self) -> Mapping[str, Any]:
        """What there is of the instance; an AssertionError tells what was raised instead."""
        assert "types" not in self.told, f"{self.name}: it raised instead:\n{self.told['traceback']}"
        return self.told

    @property
    def types(self) -> list[str]:
        """The classes of what was raised, an AssertionError when nothing was."""
        assert "types" in self.told, f"{self.name}: nothing was raised: {self.told}"
        return list(self.told["types"])

    @property
    def message(self) -> str:
        """The message of what was raised, without the folder of the cases."""
        assert self.types
        return str(self.told["message"])

    @property
    def traceback(self) -> str:
        """What was raised and whatever it was chained to, each with the line it came from."""
        assert self.types
        return str(self.told["traceback"])


def holds(outcomes: Outcomes, cases: Mapping[str, Case]) -> None:
    """Every attribute of every case has the value, of the type, that the case says."""
    came = {name: outcomes[name].told for name in cases}
    found = {name: told["values"] if "values" in told else told["message"] for name, told in came.items()}
    expected = {name: case.expected for name, case in cases.items()}
    assert _written(found) == _written(expected)


def _written(values: Mapping[str, Any]) -> dict[str, str]:
    """As JSON, where 1 is neither True nor 1.0."""
    return {name: json.dumps(value, sort_keys=True) for name, value in values.items()}


def word() -> str:
    """The random word of this run's cases."""
    return f"w{seeded_random.of('environment').getrandbits(64):016x}"


def number() -> int:
    """The random number of this run's cases."""
    return 10**8 + seeded_random.of("environment", "number").randrange(10**8)


def filled(text: str) -> str:
    """The text with its random values."""
    return Template(text).substitute(word=word(), number=number())


def read(target: Target, *groups: Mapping[str, Case]) -> Outcomes:
    """All cases in one process; each has a name of its own."""
    cases = {name: case for group in groups for name, case in group.items()}
    assert len(cases) == sum(map(len, groups))
    told = target.probe("env_classes", "read", cases={name: case.order() for name, case in cases.items()}).value
    return {name: Outcome(name, told[name]) for name in cases}
