"""Observation of a service under attack: its answers to another client, memory, CPU time, log and events."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import psutil

from conformance.attacks.attack import Attack, Attacked, Victim
from conformance.attacks.judgement import Finding, Observation, judge
from conformance.foundation.exceptions import Unanswered
from conformance.target import exchange
from conformance.target.service import NONCE_PATH

INTERVAL = 0.1
MULTIPLE = 20  # of the time that an answer takes before the attack: how long one may take meanwhile
RECOVERY = 2.0  # seconds after an attack within which the next request has to be answered, its own time aside


def ask(service: Attacked, seconds: float) -> float:
    """Return the seconds that the service took to answer its nonce; infinite where it did not within `seconds`."""
    before = time.monotonic()
    try:
        answer = exchange.exchange(service.address, "GET", NONCE_PATH, host=service.host, seconds=seconds)
    except (Unanswered, OSError):
        return math.inf
    if answer.status != 200 or answer.body.strip(b'"') != service.nonce.encode():
        return math.inf
    return time.monotonic() - before


@dataclass
class Watch:
    """Observations of the watching thread so far."""

    service: Attacked
    seconds: float
    slowest: float = 0.0
    memory: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Send requests and measure until `over` is set."""
        while True:
            self.memory = max(self.memory, memory(self.service))
            self.slowest = max(self.slowest, ask(self.service, self.seconds))
            if self.over.wait(INTERVAL):
                return


def memory(service: Attacked) -> int:
    """Return the bytes of memory that the processes of the service hold."""
    total = 0
    for process in service.processes():
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def cpu(service: Attacked) -> float:
    """Return the seconds of CPU time that the living processes of the service have used."""
    total = 0.0
    for process in service.processes():
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


@contextlib.contextmanager
def watching(service: Attacked, seconds: float) -> Iterator[Watch]:
    """Watch the service in a thread until the end of the `with` block."""
    watch = Watch(service, seconds)
    thread = threading.Thread(target=watch.go_on, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.over.set()
        thread.join(seconds + 10)


def attempt(attack: Attack, victim: Victim, secret: str = "") -> Finding:
    """Carry out an attack on a service that answers, and judge what was observed."""
    service = victim.service
    # What is normal here and now stands for the machine's own load; an attack lasts longer than any client waits.
    normal = min(ask(service, 4 * victim.pace.patience) for _ in range(3))
    patience = max(victim.pace.patience, min(MULTIPLE * normal, 4 * victim.pace.patience))
    victim = replace(victim, pace=replace(victim.pace, patience=patience, hold=max(victim.pace.hold, 1.3 * patience)))
    held, used, written, known = memory(service), cpu(service), len(service.output), len(service.events())
    if attack.ends:
        return judge(Observation(attack.run(victim), patience, secret=secret), attack.allowance)
    with watching(service, patience) as watch:
        done = attack.run(victim)
        watch.memory = max(watch.memory, memory(service))
    afterwards = recovery(service, patience)
    seen = Observation(
        done,
        patience,
        watch.slowest,
        afterwards,
        service.ended_within(0),
        watch.memory - held,
        cpu(service) - used,
        service.output[written:],
        tuple(str(event["word"]) for event in service.events()[known:]),
        secret,
    )
    return judge(seen, attack.allowance)


def recovery(service: Attacked, patience: float) -> float:
    """Return the seconds that the first answered request took, of those sent within RECOVERY; infinite where none
    was."""
    end = time.monotonic() + RECOVERY
    while True:
        taken = ask(service, patience)
        if taken < math.inf or time.monotonic() > end:
            return taken
        time.sleep(0.05)
