"""The variants of an implementation side by side, all serving the same scenarios."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from conformance.contract.variant import Variant
from conformance.differential.equivalence import Outcome, outcome
from conformance.differential.message import Message
from conformance.foundation.exceptions import ServiceDied
from conformance.target.exchange import Exchange
from conformance.target.implementation import Implementation
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.trust.mutant import Mutant

Services = Mapping[str, Service]
SCENARIOS = ("root", "differential_echo")
PARSERS = ("httptools", "h11")  # of uvicorn: whichever its user has installed


class Ensemble:
    """Targets of all variants, each serving every scenario. Raises as `Target.shared` does."""

    def __init__(self, targets: Mapping[Variant, Target]) -> None:
        self.targets = targets
        self.pool = ThreadPoolExecutor(len(targets))
        self.services = dict(zip(targets, self.pool.map(served, targets.values()), strict=True))

    def outcomes(self, message: Message) -> dict[Variant, Outcome]:
        """Send a message to every variant and return each one's outcome. Raises ServiceHung and ServiceDied."""
        services = [services[message.scenario] for services in self.services.values()]
        answers = self.pool.map(lambda service: ask(service, message), services)
        return {variant: outcome(message, answer) for variant, answer in zip(self.services, answers, strict=True)}

    @property
    def parsers(self) -> dict[Variant, str]:
        """Return the HTTP parser (its class or kind) of each variant's server."""
        return {variant: target.serving_facts["http_parser"] for variant, target in self.targets.items()}

    def close(self) -> None:
        self.pool.shutdown()


def chosen_parsers(variants: Sequence[Variant], seed: int) -> dict[Variant, Mapping[str, str]]:
    """Return server options for each variant, such that both HTTP parsers of uvicorn are in use where several variants
    use uvicorn."""
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
    """Start all variants side by side for the length of the context; `planted` are variants with a mutant."""
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
