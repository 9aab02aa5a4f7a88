"""Measurements of an implementation that are no verdicts: start-up, shutdown, configurations."""
