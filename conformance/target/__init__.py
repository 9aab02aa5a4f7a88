"""Targets: an implementation on a variant in its interpreter, started and spoken to."""
