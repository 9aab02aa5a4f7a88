"""Tests of the checks themselves: the oracle, which must pass them, and mutants, which must fail them."""
