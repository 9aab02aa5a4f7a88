"""A pytest plugin: the oracle greets nobody."""

from conformance import oracle

oracle.ROUTES["hello"] = {"GET": lambda request: "nobody"}
