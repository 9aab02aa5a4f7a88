"""Distributes checks among xdist's workers, so that those that share a launch or a service stay together.

xdist's own `loadgroup` writes the group into the node id, which pytest 9.2 no longer lets it do; here the group is read
from the node id as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from conformance.contract.check import Check
from conformance.contract.node_id import NodeId
from conformance.contract.variant import Start


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Assigns groups of checks to workers, larger ones first, and keeps each worker at one variant while it can.

    A variant that is new to a worker costs an agent and every service that checks share. Other tests come first, file
    by file, as the services that a worker has started for checks would run idly beside them.
    """

    def __init__(self, config: Any, log: Any, checks: Iterable[Check]) -> None:
        super().__init__(config, log)
        self._by_file = config.getoption("variations")
        self._starts = {check.name: check.binding.start for check in checks if check.binding is not None}

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a node id, which begins with its variant and a space; other tests have no variant.

        A group is all checks of one mutant, all scripts of a variant, the forked checks of one file on one variant, or
        the other tests of one file. In a run of variations each combination of them counts as a variant.
        """
        node = NodeId.parse(nodeid)
        if node is None or node.check not in self._starts or not node.variant:
            return f" {nodeid.partition('::')[0]}"
        if node.mutant and not self._by_file:
            return f"{node.variant} {node.mutant}"
        start = self._starts[node.check]
        where = f"{node.variant}~{node.mutant}" if node.mutant else node.variant
        return f"{where} {node.check.partition('::')[0] if start is Start.FORKED else start}"

    def remove_node(self, node: Any) -> str | None:
        """Return the test that a worker was running when it ended, None if it was running none.

        The other tests of the worker are assigned anew, that one is not: it might end the next worker too.
        """
        groups = self.assigned_work.pop(node)
        ended: str | None = next((case for cases in groups.values() for case, done in cases.items() if not done), None)
        if ended is None:
            return None
        groups[self._split_scope(ended)][ended] = True
        self.workqueue.update({group: cases for group, cases in groups.items() if not all(cases.values())})
        for other in self.assigned_work:
            self._reschedule(other)
        return ended

    def _assign_work_unit(self, node: Any) -> None:
        """Assign a group of no variant, else of this worker's, else of a variant that no worker has, else of any.

        Among several variants the one with most checks left is taken.
        """
        left: Counter[str] = Counter()
        for group, cases in self.workqueue.items():
            left[_variant_of(group)] += len(cases)
        begun = {worker: set(map(_variant_of, groups)) for worker, groups in self.assigned_work.items()}
        others = set().union(*begun.values())
        chosen = max(left, key=lambda name: (not name, name in begun[node], name not in others, left[name]))
        self.workqueue.move_to_end(next(group for group in self.workqueue if _variant_of(group) == chosen), last=False)
        super()._assign_work_unit(node)


def _variant_of(group: str) -> str:
    return group.partition(" ")[0]


def schedule(config: Any, log: Any, checks: Iterable[Check]) -> Scheduling:
    """Return the scheduler that xdist uses in place of its own."""
    return Scheduling(config, log, checks)
