"""Loads the harness as a pytest plugin for everything below this folder."""

pytest_plugins = ["conformance.plugin"]
