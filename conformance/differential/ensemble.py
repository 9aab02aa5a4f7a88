"""The variants of an implementation, side by side: each serves the scenarios, and is sent the same bytes."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from conformance.contract.variant import Variant
from conformance.differential.equivalence import Outcome, outcome
from conformance.differential.message import Message
from conformance.foundation.faults import ServiceDied
from conformance.target.exchange import Exchange
from conformance.target.implementation import Implementation
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.trust.mutant import Mutant

Services = Mapping[str, Service]
SCENARIOS = ("root", "differential_echo")
PARSERS = ("httptools", "h11")  # of uvicorn: whichever its user has installed


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

    @property
    def parsers(self) -> dict[Variant, str]:
        """The class, or kind, of HTTP parser that each variant's server has."""
        return {variant: target.serving_facts["http_parser"] for variant, target in self.targets.items()}

    def close(self) -> None:
        self.pool.shutdown()


def chosen_parsers(variants: Sequence[Variant], seed: int) -> dict[Variant, Mapping[str, str]]:
    """The server's options for each variant: those on uvicorn have one or the other of its parsers, so that of several
    both are there."""
    uvicorns = [variant for variant in variants if variant.server == "uvicorn"]
    random.Random(seed).shuffle(uvicorns)
    parsers = dict(zip(uvicorns, itertools.cycle(PARSERS if seed % 2 else reversed(PARSERS)), strict=False))
    return {variant: {"http": parsers[variant]} if variant in parsers else {} for variant in variants}


def served(target: Target) -> Services:
    return {scenario: target.shared(scenario, production=1) for scenario in SCENARIOS}


def ask(service: Service, message: Message) -> Exchange | None:
    try:
        return message.sent_to(service.address)
    except ServiceDied:
        if service.exited:
            raise
        return None


@contextlib.contextmanager
def ensemble(
    implementation: Implementation, variants: Sequence[Variant], planted: Mapping[Variant, Mutant], seed: int
) -> Iterator[Ensemble]:
    """All variants, started side by side, for as long as the context lasts; `planted` are those that have a mutant.
    `seed` decides which HTTP parser uvicorn has."""
    with contextlib.ExitStack() as stack:
        targets = {
            variant: stack.enter_context(Target(implementation, variant, options=options))
            for variant, options in chosen_parsers(variants, seed).items()
        }
        for variant, mutant in planted.items():
            targets[variant] = stack.enter_context(targets[variant].mutated(mutant.file))
        together = Ensemble(targets)
        stack.callback(together.close)
        yield together
