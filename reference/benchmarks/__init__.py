"""Benchmarks of the reference, to be run from its folder."""
