"""The variants of an implementation, side by side: each serves the scenarios, and is sent the same bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from conformance.differential.equivalence import Outcome, outcome
from conformance.differential.message import Message
from conformance.exchange import Exchange, send, send_and_leave
from conformance.faults import ServiceDied
from conformance.implementation import Implementation
from conformance.mutant import Mutant
from conformance.service import Service
from conformance.target import Target
from conformance.variant import Variant

Services = Mapping[str, Service]
SCENARIOS = ("root", "spoken")


class Ensemble:
    """The targets, each serving all scenarios. Raises what `Target.shared` raises for one that does not."""

    def __init__(self, targets: Mapping[Variant, Target]) -> None:
        self.targets = targets
        self.pool = ThreadPoolExecutor(len(targets))
        self.services = dict(zip(targets, self.pool.map(served, targets.values()), strict=True))

    def outcomes(self, message: Message) -> dict[Variant, Outcome]:
        """What each variant answers. Raises ServiceHung for one that does not within its deadline, ServiceDied for one
        that has ended."""
        services = [services[message.scenario] for services in self.services.values()]
        answers = self.pool.map(lambda service: ask(service, message), services)
        return {variant: outcome(message, answer) for variant, answer in zip(self.services, answers, strict=True)}

    def close(self) -> None:
        self.pool.shutdown()


def served(target: Target) -> Services:
    return {scenario: target.shared(scenario, production=1) for scenario in SCENARIOS}


def ask(service: Service, message: Message) -> Exchange | None:
    if not message.whole:
        return send_and_leave(service.address, message.data, message.method)
    try:
        return send(service.address, message.data, message.method)
    except ServiceDied:
        if service.exited:
            raise
        return None


@contextlib.contextmanager
def ensemble(
    implementation: Implementation, variants: Sequence[Variant], planted: Mapping[Variant, Mutant]
) -> Iterator[Ensemble]:
    """All variants, started side by side, for as long as the context lasts; `planted` are those that have a mutant."""
    with contextlib.ExitStack() as stack:
        targets = {variant: stack.enter_context(Target(implementation, variant)) for variant in variants}
        for variant, mutant in planted.items():
            targets[variant] = stack.enter_context(targets[variant].mutated(mutant.file))
        together = Ensemble(targets)
        stack.callback(together.close)
        yield together
