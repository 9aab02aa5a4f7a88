"""What a load test measured, of verified answers alone."""

from __future__ import annotations

import math
import time
from collections import Counter


class Figures:
    """Counts answers as they come; times are kept to a hundredth of a millisecond, so that memory stays bounded."""

    def __init__(self) -> None:
        self.wrong = 0
        self.first_wrong: str | None = None
        self._hundredths: Counter[int] = Counter()
        self._begin = math.inf
        self._end = 0.0

    def verified_in(self, milliseconds: float) -> None:
        """One right answer has just come, that long after it was asked for."""
        self._end = time.perf_counter()
        self._begin = min(self._begin, self._end - milliseconds / 1000)
        self._hundredths[round(milliseconds * 100)] += 1

    def was_wrong(self, excerpt: str) -> None:
        """One wrong answer, or none."""
        self.wrong += 1
        if self.first_wrong is None:
            self.first_wrong = excerpt

    @property
    def verified(self) -> int:
        """How many right answers came."""
        return sum(self._hundredths.values())

    @property
    def per_second(self) -> float:
        """Right answers a second, from the first question to the last right answer; 0 without any."""
        return self.verified / (self._end - self._begin) if self.verified else 0.0

    def percentile(self, share: float) -> float:
        """The milliseconds within which that share of the right answers came (nearest rank); nan without any."""
        rank = math.ceil(share * self.verified)
        for hundredths in sorted(self._hundredths):
            rank -= self._hundredths[hundredths]
            if rank <= 0:
                return hundredths / 100
        return math.nan

    def __str__(self) -> str:
        if not self.verified:
            return f"0 verified requests, {self.wrong} wrong"
        return (
            f"{self.verified} verified requests, {self.per_second:.0f} a second, "
            f"median {self.percentile(0.5):.2f} ms, 95% within {self.percentile(0.95):.2f} ms, {self.wrong} wrong"
        )
