"""Turns results of checks into verdicts, with ledgers of known divergences and fingerprints of failures."""
