"""Loads the harness as a pytest plugin, whatever below this folder is asked for."""

pytest_plugins = ["conformance.plugin.hooks"]

collect_ignore = [
    "reference",  # an implementation: its tests never share an interpreter with the harness
    "conformance/mutants",  # some are named after tests
]
