"""A pytest plugin: the oracle greets nobody."""

from conformance.trust import oracle

oracle.ROUTES["hello"] = {"GET": lambda request: "nobody"}
