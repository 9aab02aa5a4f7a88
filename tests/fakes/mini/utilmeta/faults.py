"""The faults of this implementation, in the order in which its author mends them."""

import os

FAULTS = [
    "the route of the root API is ignored",
    "a second service is accepted",
    "a reference string as api is not resolved",
    "a path without the root route is not found",
    "a second configuration of one class replaces the first",
    "a datetime is written as ISO 8601",
    "the default port is 8000 on Flask",
    "production does not reach Flask's debug",
    "a version tuple is kept as it is",
    "a shutdown hook does not run on SIGTERM",
    "names of the environment are told apart by case",
    "a file of the environment is JSON or nothing",
]


def has(fault: str) -> bool:
    """Whether this fault is still there."""
    return FAULTS.index(fault) >= int(os.environ.get("MINI_MENDED", "0"))
