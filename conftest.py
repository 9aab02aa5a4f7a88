"""Loads the harness's plugin for every pytest run from here; what is installed loads it with `-p`."""

pytest_plugins = ["conformance.plugin.hooks"]
collect_ignore = ["conformance/mutants"]  # some are named after tests
