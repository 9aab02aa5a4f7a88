"""Markdown page of the attacks: attacks in rows, servers in columns, then what is open and what is left to servers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from conformance.attacks import campaign
from conformance.attacks.attack import Attack, Outcome
from conformance.attacks.campaign import Cell
from conformance.attacks.limits import LIMITS
from conformance.foundation.exit_codes import ExitCode
from conformance.target.implementation import Implementation

COMMAND = "nox -s attacks"

_HEAD = """\
# Attacks

What becomes of each attack on the {name} implementation: on each variant under `run()`, and on one variant under each
external server, over real connections. [security.md](security.md) says what is promised. This page was written by

    {command} -- --page docs/attacks.md

- **refused**: every request of the attack was answered with an error, or its connection closed;
- **bounded**: some were answered, and memory, CPU time, log and the waiting of other clients stayed within bounds;
- **limit**: the attack works, and the server's documentation says so, or leaves it to a proxy ([below](#limits));
- **OPEN**: the attack works ([below](#open)).

A column is a server; `run()` has one for each server that it uses. Where the variants of a server differ, the cell
names those that are fewer.
"""


def page(implementation: Implementation, cells: Sequence[Cell]) -> str:
    """Return the whole page."""
    parts = [_HEAD.format(name=implementation.name, command=COMMAND), _columns(cells), table(cells)]
    parts += ["## Open\n", *_listed(_open(cells)), "## Limits\n", *_listed(_limits(cells))]
    parts += ["## What is sent\n", *_listed(f"*{attack}*: {attack.sentence}." for attack in _attacks(cells))]
    return "\n".join(parts)


def run(
    implementation: Implementation, options: campaign.Options, file: Path | None, say: Callable[[str], None]
) -> ExitCode:
    """Try the attacks, print the results, and write the page to a file if one is given.

    0, or 1 when an attack works or a listed limit does not show. Raises BadUsage and HarnessError.
    """
    cells = campaign.run(implementation, options, say)
    say(table(cells))
    works, unneeded = _open(cells), campaign.unneeded(cells)
    for line in works:
        say(f"open: {line}")
    for line in unneeded:
        say(f"no limit shows any more, take it out of conformance/attacks/limits.py: {line}")
    if file is not None:
        file.write_text(page(implementation, cells), encoding="utf-8")
    counted = Counter(cell.finding.outcome for cell in cells)
    say(", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome))
    return ExitCode.DOES_NOT_CONFORM if works or unneeded else ExitCode.CONFORMS


def _listed(lines: Iterable[str]) -> list[str]:
    return [*(f"- {line}" for line in lines or ()), ""] if lines else ["Nothing.\n"]


def table(cells: Sequence[Cell]) -> str:
    """Return the table: a row for each attack, below its group, and a column for each server."""
    servers = campaign.served_by(cell.deployment for cell in cells)
    rows = ["| | " + " | ".join(servers) + " |", "|---|" + "---|" * len(servers)]
    group = ""
    for attack in _attacks(cells):
        if attack.group != group:
            group = attack.group
            rows.append(f"| **{group}** |" + " |" * len(servers))
        mine = [cell for cell in cells if cell.attack == attack]
        texts = [_cell([cell for cell in mine if cell.deployment.served_by == server]) for server in servers]
        rows.append(f"| {attack} | " + " | ".join(texts) + " |")
    return "\n".join(rows) + "\n"


def _attacks(cells: Iterable[Cell]) -> list[Attack]:
    return list({cell.attack.name: cell.attack for cell in cells}.values())


def _cell(cells: Sequence[Cell]) -> str:
    """What most variants of a server have, and what the others have, with their names."""
    counted = Counter(cell.finding.outcome for cell in cells)
    texts: list[str] = []
    for outcome, _ in counted.most_common():
        text = "**OPEN**" if outcome is Outcome.OPEN else str(outcome)
        names = [str(cell.deployment.variant) for cell in cells if cell.finding.outcome is outcome]
        texts.append(f"{text} ({', '.join(names)})" if texts else text)
    return "; ".join(texts)


def _open(cells: Sequence[Cell]) -> list[str]:
    """What is open, with the deployments where it is so for one reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        if cell.finding.outcome is Outcome.OPEN:
            found.setdefault((cell.attack.name, cell.deployment.served_by), []).append(
                f"{cell.deployment.variant}: {cell.finding.why}"
            )
    return [f"*{attack}*, {server}: {' / '.join(dict.fromkeys(whys))}" for (attack, server), whys in found.items()]


def _limits(cells: Sequence[Cell]) -> list[str]:
    """Each sentence of a server about itself that excuses a cell, once, with the attacks and the servers."""
    found: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for cell in cells:
        if cell.finding.outcome is Outcome.LIMIT:
            limit = LIMITS[cell.deployment.served_by, cell.attack.name]
            attacks, servers = found.setdefault((limit.words, limit.link), ({}, {}))
            attacks[cell.attack.name] = servers[cell.deployment.served_by] = None
    return [
        f"*{', '.join(attacks)}* on {', '.join(servers)}: {words} ([documented]({link}))"
        for (words, link), (attacks, servers) in found.items()
    ]


def _columns(cells: Sequence[Cell]) -> str:
    """Which variants each column has."""
    servers: dict[str, dict[str, None]] = {}
    for cell in cells:
        servers.setdefault(cell.deployment.served_by, {})[str(cell.deployment.variant)] = None
    return "".join(f"- {server}: {', '.join(variants)}\n" for server, variants in servers.items())
