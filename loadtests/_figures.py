"""Figures of a load test, from verified answers alone."""

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
        """Count one right answer that came after so many milliseconds."""
        self._end = time.perf_counter()
        self._begin = min(self._begin, self._end - milliseconds / 1000)
        self._hundredths[round(milliseconds * 100)] += 1

    def was_wrong(self, excerpt: str) -> None:
        """Count one wrong or missing answer."""
        self.wrong += 1
        if self.first_wrong is None:
            self.first_wrong = excerpt

    @property
    def verified(self) -> int:
        """Number of right answers."""
        return sum(self._hundredths.values())

    @property
    def per_second(self) -> float:
        """Right answers per second, from the first request to the last right answer; 0 without any."""
        return self.verified / (self._end - self._begin) if self.verified else 0.0

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which that share of the right answers came (nearest rank); nan without any."""
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
