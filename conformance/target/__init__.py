"""Targets (implementation x variant x interpreter): how they are installed, started, attested and sent requests."""
