"""Orders to the agent: what it starts of a scenario, in which environment, and where that leaves its output."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from conformance.contract.variant import Variant
from conformance.target import interpreter
from conformance.target.agent_client import Agent
from conformance.target.implementation import Implementation
from conformance.target.service import CALLS

_NONE: Mapping[str, Any] = MappingProxyType({})


def random_text() -> str:
    """Return a fresh random text, so that no hard-coded answer is right."""
    return secrets.token_hex(8)


class Orders:
    """Orders of one target. Each has a folder of its own below `folder`, and a nonce that its service repeats."""

    def __init__(
        self,
        implementation: Implementation,
        variant: Variant,
        scenarios: Path,
        mutants: Sequence[Path],
        folder: Path,
    ) -> None:
        self.implementation = implementation
        self.variant = variant
        self.scenarios = scenarios
        self.mutants = mutants
        self.folder = folder
        self.marker = random_text()

    def scenario(
        self,
        agent: Agent,
        do: str,
        scenario: str,
        options: Mapping[str, str] = _NONE,
        settings: Mapping[str, Any] = _NONE,
        tolerant: bool = False,
        **more: Any,
    ) -> tuple[int, Path, str]:
        """Order a process that imports a scenario, to `serve` or `probe` it; return its identifier, folder and nonce.

        `options` are the server's, `settings` reach the scenario as SCENARIO_<NAME>. A `tolerant` one does without what
        the implementation lacks.
        """
        folder, nonce = self._folder(scenario), random_text()
        of_server = dict(options)
        identifier = agent.order(
            do,
            scenario=scenario,
            server=of_server.pop("server", self.variant.server),
            folder=str(self.scenarios),
            output=str(folder / "output.log"),
            dispatches=str(folder / "dispatches"),
            calls=str(folder / CALLS),
            marker=self.marker,
            tolerant=tolerant,
            environment=self._environment(nonce, folder, settings),
            mutants=list(map(str, self.mutants)),
            options=of_server,
            **more,
        )
        return identifier, folder, nonce

    def command(
        self, agent: Agent, scenario: str, command: Sequence[str], settings: Mapping[str, Any]
    ) -> tuple[int, Path, str]:
        """Order `python <command>` in the folder of the scenarios; return its identifier, folder and nonce."""
        folder, nonce = self._folder(scenario), random_text()
        identifier = agent.order(
            "script",
            command=list(command),
            folder=str(self.scenarios),
            output=str(folder / "output.log"),
            environment={**self._environment(nonce, folder, settings), **self._start_mutated()},
        )
        return identifier, folder, nonce

    def _start_mutated(self) -> dict[str, str]:
        if not self.mutants:
            return {}
        path = interpreter.environment(self.implementation).get("PYTHONPATH")
        folders = [str(interpreter.STARTUP), *(path.split(os.pathsep) if path else ())]
        mutants = os.pathsep.join(map(str, self.mutants))
        return {"CONFORMANCE_MUTANTS": mutants, "PYTHONPATH": os.pathsep.join(dict.fromkeys(folders))}

    def _folder(self, scenario: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{scenario}-", dir=self.folder))

    def _environment(self, nonce: str, folder: Path, settings: Mapping[str, Any]) -> dict[str, str]:
        values = {
            "BACKEND": self.variant.backend,
            "MODE": self.variant.mode.value,
            "NONCE": nonce,
            "EVENTS": str(folder / "events"),
            **({"CHANGED": "1"} if self.mutants else {}),  # by mutants or variations, of which an import knows nothing
            **{name.upper(): str(value) for name, value in settings.items()},
        }
        return {f"SCENARIO_{name}": value for name, value in values.items()}
