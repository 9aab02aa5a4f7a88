"""Which worker runs what: checks that share a launch or a service stay together.

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
    """Gives a worker one group after the other, the larger ones first, and leaves it with a variant while there are
    groups of it: a variant new to a worker costs it an agent and every service that checks share.

    Other tests come first, file by file: after a check, what a worker has started for it would go on idly beside them.
    """

    def __init__(self, config: Any, log: Any, checks: Iterable[Check]) -> None:
        super().__init__(config, log)
        self._starts = {check.name: check.binding.start for check in checks if check.binding is not None}

    def _split_scope(self, nodeid: str) -> str:
        """All that meets a mutant; all scripts of a variant; the forked checks of one file on one variant; the other
        tests of one file. What stands before the first space is the variant, nothing for other tests."""
        node = NodeId.parse(nodeid)
        if node is None or node.check not in self._starts or not node.variant:
            return f" {nodeid.partition('::')[0]}"
        if node.mutant:
            return f"{node.variant} {node.mutant}"
        start = self._starts[node.check]
        return f"{node.variant} {node.check.partition('::')[0] if start is Start.FORKED else start}"

    def remove_node(self, node: Any) -> str | None:
        """The test that this worker was at when it ended, None if it was at none; that test is not given to the next
        worker, which xdist would have it end too, and the next, as often as workers may be restarted."""
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
        """A group of no variant, then of one that this worker has begun, else of one that none has, else of another's:
        each time of that with most left."""
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
    """What xdist asks for in place of a scheduler of its own."""
    return Scheduling(config, log, checks)
