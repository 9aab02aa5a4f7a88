"""Which worker is given which checks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from conformance.check import Binding, Check
from conformance.requirement import Keyword
from conformance.scheduling import Scheduling
from conformance.variant import Start

FILES = ("test_one.py", "test_two.py", "test_three.py", "test_four.py")
CHECKS = [Check(f"{file}::test_it", Binding(("ONE-1",), Keyword.MUST, Start.FORKED)) for file in FILES]


class Worker:
    """A worker as a scheduler sees it; `given` are the node ids that it was sent, of which it has run `done`."""

    def __init__(self, name: str, nodes: list[str]) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.shutting_down = False
        self.nodes = nodes
        self.given: list[str] = []
        self.done = 0

    def send_runtest_some(self, places: list[int]) -> None:
        self.given += [self.nodes[place] for place in places]

    def shutdown(self) -> None:
        self.shutting_down = True

    @property
    def variants(self) -> set[str]:
        """Those of the checks that it was given."""
        return {node.partition("[")[2].removesuffix("]").rpartition("-case")[0] for node in self.given}


def shared_out(nodes: list[str]) -> list[Worker]:
    """Two workers that have run all of these, each as fast as the other."""
    config: Any = SimpleNamespace(
        getvalue=lambda name: ["popen", "popen"], option=SimpleNamespace(loadscopereorder=True)
    )
    scheduling = Scheduling(config, None, CHECKS)
    workers = [Worker(name, nodes) for name in ("gw0", "gw1")]
    for worker in workers:
        scheduling.add_node(worker)
        scheduling.add_node_collection(worker, nodes)
    scheduling.schedule()
    while any(worker.done < len(worker.given) for worker in workers):
        for worker in workers:
            if worker.done < len(worker.given):
                worker.done += 1
                scheduling.mark_test_complete(worker, nodes.index(worker.given[worker.done - 1]))
    assert sorted(node for worker in workers for node in worker.given) == sorted(nodes)
    return workers


def nodes_of(variant: str, cases: int = 4) -> list[str]:
    return [f"checks/{check.name}[{variant}-case{number}]" for check in CHECKS for number in range(cases)]


def test_a_worker_stays_with_a_variant() -> None:
    workers = shared_out([*nodes_of("flask-sync"), *nodes_of("sanic-async")])
    assert [len(worker.variants) for worker in workers] == [1, 1]


@pytest.mark.parametrize("cases", [4, 40])
def test_a_worker_that_is_done_helps_with_what_is_left(cases: int) -> None:
    first, second = shared_out(nodes_of("flask-sync", cases))
    assert min(len(first.given), len(second.given)) > cases
    assert {node.partition("[")[0] for node in first.given}.isdisjoint(node.partition("[")[0] for node in second.given)


def test_of_three_variants_two_workers_share_the_last() -> None:
    nodes = [node for variant in ("flask-sync", "sanic-async", "django-sync") for node in nodes_of(variant)]
    first, second = shared_out(nodes)
    assert len(first.variants & second.variants) == 1
