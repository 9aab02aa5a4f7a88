"""The lock, contract/lock.json: the wording that each check was written against."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from conformance.contract.check import Check
from conformance.contract.requirement import CONTRACT, EDITION, Contract

LOCK = CONTRACT / "lock.json"


def content(contract: Contract, checks: Iterable[Check]) -> dict[str, Any]:
    """Content of a lock that fits this contract and these checks."""
    bound: dict[str, list[str]] = {requirement.id: [] for requirement in contract}
    for check in checks:
        if check.binding is not None:
            for identifier in check.binding.requirements:
                bound.setdefault(identifier, []).append(check.name)
    return {
        "edition": EDITION,
        "requirements": {
            requirement.id: {"hash": requirement.hash, "checks": sorted(bound[requirement.id])}
            for requirement in contract
        },
    }


def write(contract: Contract, checks: Iterable[Check], file: Path = LOCK) -> None:
    """Write the lock (`python -m conformance lock`): every check counts as read against the wording it is bound to."""
    file.write_text(json.dumps(content(contract, checks), indent=2) + "\n", encoding="utf-8")


def stale(contract: Contract, checks: Iterable[Check], file: Path = LOCK) -> dict[str, str]:
    """Requirements whose wording or checks differ from the lock, each with a sentence that says so and the cure."""
    current = content(contract, checks)["requirements"]
    locked = json.loads(file.read_text(encoding="utf-8"))["requirements"] if file.is_file() else {}
    cure = "Read its checks against it, then run `python -m conformance lock`."
    found = {}
    for identifier, entry in current.items():
        before = locked.get(identifier)
        if before is None:
            found[identifier] = f"{identifier} is not in the lock file. {cure}"
        elif before["hash"] != entry["hash"]:
            found[identifier] = f"The sentence of {identifier} has changed since its checks were last read. {cure}"
        elif before["checks"] != entry["checks"]:
            found[identifier] = f"The checks bound to {identifier} are not those of the lock file. {cure}"
    return found
