"""Campaign: every attack on every deployment, each on a service that earlier attacks have not harmed."""

from __future__ import annotations

import math
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from conformance.attacks import body, framing, head, host, leak, log, path, slow
from conformance.attacks.attack import ATTACKS, GROUPS, Attack, Outcome, Pace, Victim
from conformance.attacks.judgement import Finding
from conformance.attacks.limits import LIMITS
from conformance.attacks.watch import ask, attempt
from conformance.foundation import loopback
from conformance.foundation.exceptions import BadUsage, ImplementationFault
from conformance.target.deployment import RUN, Deployment, deployments, preference
from conformance.target.implementation import Implementation
from conformance.target.service import Script
from conformance.target.target import Target

MODULES = (leak, log, path, head, body, slow, framing, host)  # imported, each has registered its attacks
AT_ONCE = 4  # deployments; most of an attack is waiting
SCENARIO = "attacks_service"


@dataclass(frozen=True)
class Cell:
    """Result of one attack on one deployment."""

    attack: Attack
    deployment: Deployment
    finding: Finding


@dataclass(frozen=True)
class Options:
    """Attacks and deployments to try, all by default. `sample` is one variant of each server and the cheap attacks."""

    sample: bool = False
    backends: Sequence[str] = ()
    modes: Sequence[str] = ()
    servers: Sequence[str] = ()
    attacks: Sequence[str] = ()


def chosen(implementation: Implementation, options: Options) -> tuple[list[Deployment], list[Attack]]:
    """Return the deployments and attacks that the options select. Raises BadUsage where an option matches nothing."""
    found = deployments(implementation.variants)
    for given, of, what in (
        (options.backends, lambda each: each.variant.backend, "backend"),
        (options.modes, lambda each: str(each.variant.mode), "mode"),
        (options.servers, lambda each: each.served_by, "server"),
    ):
        known = {of(each) for each in found}
        _require(given, known, what)
        found = [each for each in found if not given or of(each) in given]
    _require(options.attacks, ATTACKS, "attack")
    attacks = sorted((ATTACKS[name] for name in options.attacks or ATTACKS), key=lambda each: GROUPS.index(each.group))
    if options.sample:
        groups = {server: [each for each in found if each.served_by == server] for server in served_by(found)}
        found = [min(group, key=lambda each: preference(each.variant)) for group in groups.values()]
        attacks = [attack for attack in attacks if attack.cheap]
    if not found or not attacks:
        raise BadUsage("These options together leave nothing to attack.")
    return found, attacks


def served_by(found: Iterable[Deployment]) -> list[str]:
    """Return the servers of these deployments, each once, in order: the columns of the table."""
    return list(dict.fromkeys(each.served_by for each in found))


def _require(given: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in given:
        if name not in known:
            raise BadUsage(f"--{what} {name}: there is no such {what}. There are {', '.join(sorted(known))}.")


def run(implementation: Implementation, options: Options, say: Callable[[str], None]) -> list[Cell]:
    """Try all attacks and yield each cell of the table, in the order of attacks and deployments."""
    found, attacks = chosen(implementation, options)
    cells: dict[tuple[str, Deployment], Cell] = {}
    over = threading.Event()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for column in pool.map(lambda deployment: _column(implementation, deployment, attacks, over), found):
                cells |= {(cell.attack.name, cell.deployment): cell for cell in column}
                works = [cell for cell in column if cell.finding.works]
                say(f"{column[0].deployment}: {len(column)} attacks, {len(works)} open")
        except BaseException:  # an interrupt too: what is running ends with its present attack
            over.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [cells[attack.name, deployment] for attack in attacks for deployment in found]


def _column(
    implementation: Implementation, deployment: Deployment, attacks: Sequence[Attack], over: threading.Event
) -> list[Cell]:
    """All attacks on one deployment: those on a service of the same settings together, those that harm it last."""
    order = sorted(attacks, key=lambda attack: (sorted(attack.settings.items()), attack.harmful))
    cells = []
    with Target(implementation, deployment.variant) as target:
        launched: Launched | None = None
        for attack in order:
            if over.is_set():
                break
            if launched is not None and (launched.settings != attack.settings or launched.ended):
                target.end_owned()
                launched = None
            launched = launched or _launch(target, deployment, attack.settings)
            finding = launched.attacked(attack)
            if launched.script is not None and (attack.harmful or (finding.works and launched.silent)):
                target.end_owned()
                launched = None
            limit = LIMITS.get((deployment.served_by, attack.name))
            if limit is not None and limit.excuses(finding):
                finding = Finding(Outcome.LIMIT, finding.why)
            cells.append(Cell(attack, deployment, finding))
    return cells


@dataclass(frozen=True)
class Launched:
    """The scenario on a server, with these settings and a secret in its environment; or the reason why it does not
    start."""

    settings: Mapping[str, str]
    secret: str = ""
    script: Script | None = None
    fault: str = ""

    @property
    def ended(self) -> bool:
        """Whether the service was started and has ended."""
        return self.script is not None and self.script.exited

    @property
    def silent(self) -> bool:
        """Whether the service does not answer any more."""
        return self.script is not None and ask(self.script, Pace().patience) == math.inf

    def attacked(self, attack: Attack) -> Finding:
        """Carry out an attack and return its finding; a service that does not start is open to all."""
        if self.script is None:
            return Finding(Outcome.OPEN, f"the service does not start: {self.fault}")
        return attempt(attack, Victim(self.script), self.secret)


def _launch(target: Target, deployment: Deployment, settings: Mapping[str, str]) -> Launched:
    """The scenario on this deployment; raises HarnessError where it is not known whether it could be served."""
    address = (target.host, loopback.free_port(target.host))
    secret = secrets.token_hex(12)
    given: dict[str, Any] = {name: value.replace("{host}", target.host) for name, value in settings.items()} | {
        "secret": secret
    }
    try:
        if deployment.server == RUN:
            script = target.script(SCENARIO, address=address, host=address[0], port=address[1], **given)
        else:
            command = deployment.command(f"{SCENARIO}:app", *address)
            script = target.deployed(SCENARIO, command, address=address, **given)
    except ImplementationFault as fault:
        return Launched(settings, fault=repr(str(fault).strip().rpartition("\n")[2][:200]))
    return Launched(settings, secret, script)


def unneeded(cells: Sequence[Cell]) -> list[str]:
    """Return the listed limits that these cells do not need, as the attack does no harm on the server's deployments."""
    judged: dict[tuple[str, str], set[Outcome]] = {}
    for cell in cells:
        judged.setdefault((cell.deployment.served_by, cell.attack.name), set()).add(cell.finding.outcome)
    return [
        f"{server}: {name}"
        for (server, name), limit in LIMITS.items()
        if not limit.sometimes and (server, name) in judged and not judged[server, name] & {Outcome.LIMIT, Outcome.OPEN}
    ]
