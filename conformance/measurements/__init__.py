"""Measurements of an implementation beside its verdicts: start-up, shutdown, configurations."""
