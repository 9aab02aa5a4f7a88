"""The conformance harness: judges any implementation of the contract on every variant, over real servers.

It never imports `utilmeta` in its own process; see ARCHITECTURE.md for the way of the data.
"""

__version__ = "0.1.0"
