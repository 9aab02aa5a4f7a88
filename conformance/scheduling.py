"""Which worker runs what: the checks of one file on one variant stay together, as they share launches and services.

xdist's own `loadgroup` writes the group into the node id, which pytest 9.2 no longer lets it do; here the group is read
from the node id as it is.
"""

from __future__ import annotations

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from conformance.check import CHECKS
from conformance.variant import Variant

_VARIANTS = "|".join(map(str, Variant.every()))
_CHECK = re.compile(rf"(?:.*/)?{CHECKS.parent.name}/{CHECKS.name}/(?P<file>\w+)\.py::\w+\[(?P<variant>{_VARIANTS})\b.*")


def group(node_id: str) -> str:
    """`flask-sync test_hook` for a check, the node id itself for any other test."""
    match = _CHECK.fullmatch(node_id)
    return f"{match['variant']} {match['file']}" if match else node_id


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Gives a worker one group after the other, the larger ones first."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def schedule(config: Any, log: Any) -> Scheduling:
    """What xdist asks for in place of a scheduler of its own."""
    return Scheduling(config, log)
