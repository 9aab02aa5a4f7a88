"""Why the checks are to be believed: the oracle, mutants, the kill matrix."""
