"""Counting verdicts and the exit code that follows."""

from __future__ import annotations

import pytest

from conformance.judging.verdict import Outcome
from matrix.counts import Counts
from tests.matrix.samples import verdict

P, K, W, U, F = Outcome.PASSED, Outcome.KNOWN, Outcome.WARNED, Outcome.UNVERIFIED, Outcome.FAILED


def counts_of(*outcomes: Outcome) -> Counts:
    return Counts.of(verdict("HOOK-2", "flask-sync", outcome) for outcome in outcomes)


def test_every_outcome_is_counted_under_its_own_name() -> None:
    counts = counts_of(P, P, P, P, P, F, F, F, F, W, W, W, K, K, U)
    assert counts == Counts(passed=5, failed=4, warned=3, known=2, unverified=1)
    assert counts.total == 15


@pytest.mark.parametrize(
    ("outcomes", "exit_code"),
    [
        ((P, P), 0),
        ((P, K), 0),
        ((P, W), 0),
        ((K, W), 0),
        ((P, F), 1),
        ((W, F, K), 1),
        ((P, U), 3),
        ((W, U, K), 3),
        ((P, F, U), 1),
        ((), 3),
    ],
)
def test_the_exit_code_is_that_of_the_worst_outcome_and_nothing_at_all_is_unverified(
    outcomes: tuple[Outcome, ...], exit_code: int
) -> None:
    assert counts_of(*outcomes).exit_code == exit_code


def test_the_worst_of_no_verdict_is_unverified() -> None:
    assert counts_of().worst is U
