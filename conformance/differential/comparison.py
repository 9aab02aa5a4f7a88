"""Search for examples on which variants disagree, made as small as hypothesis can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import hypothesis
from hypothesis import HealthCheck, Phase

from conformance.contract.variant import Variant
from conformance.differential.ensemble import Ensemble
from conformance.differential.equivalence import Outcome, majority
from conformance.differential.message import Message
from conformance.differential.strategy import messages
from conformance.differential.vocabulary import may_fail


class Disagreement(AssertionError):
    """Variants answered one message differently, or alike with what no client should get: a 500, or nothing."""

    def __init__(self, message: Message, outcomes: Mapping[Variant, Outcome], expected: Outcome | None = None) -> None:
        """``expected`` is the outcome of a pinned example, which is right whatever most variants answer."""
        self.sent = message
        self.outcomes = dict(outcomes)
        self.pinned = expected is not None
        self.majority = majority(outcomes) if expected is None else expected
        self.minority = {variant: found for variant, found in outcomes.items() if found != self.majority}
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Return which variants differ from the majority, of how many."""
        if not self.minority:
            return f"all {len(self.outcomes)} variants fail at what a client sends"
        return f"{', '.join(sorted(map(str, self.minority)))} of {len(self.outcomes)} variants answer differently"

    def __str__(self) -> str:
        """Return the bytes sent, the majority's answer, and the answer of each other variant."""
        right = "it is to be answered" if self.pinned else "most answer"
        parts = [f"{self.sentence}:\n{self.sent}", f"{right}:\n{self.majority}"]
        parts += [f"{variant} answers:\n{found}" for variant, found in sorted(self.minority.items(), key=str)]
        return "\n\n".join(parts)


@dataclass
class Account:
    """Number of examples sent until the first disagreement, by scenario and outcome."""

    examples: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def accepted(self) -> float:
        """Share of the examples that were answered 2xx; examples that reach no endpoint verify little."""
        return sum(count for kind, count in self.kinds.items() if kind.startswith("2")) / max(self.examples, 1)


def compare(together: Ensemble, examples: int, seed: int) -> tuple[Account, Disagreement | None]:
    """Send that many examples to all variants; return the smallest one on which they disagree, or None.

    Raises what `Ensemble.outcomes` raises.
    """
    account = Account()
    found: list[Disagreement] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @hypothesis.given(messages())
    def agree(message: Message) -> None:
        outcomes = together.outcomes(message)
        if not found:
            account.examples += 1
            account.kinds[majority(outcomes).kind] += 1
        broken = {"500", "none"} & {found.kind for found in outcomes.values()}
        if len(set(outcomes.values())) > 1 or (broken and not may_fail(message.scenario, message.target)):
            found.append(Disagreement(message, outcomes))
            raise found[-1]

    try:
        agree()
    except Disagreement as smallest:
        return account, smallest
    return account, None
