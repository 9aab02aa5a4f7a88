"""Which worker is given which checks."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from conformance.contract.check import Binding, Check
from conformance.contract.requirement import Keyword
from conformance.contract.variant import Start
from conformance.plugin.scheduling import Scheduling

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
        return {
            node.partition("[")[2].removesuffix("]").rpartition("-case")[0] for node in self.given if "checks/" in node
        }


def shared_out(nodes: list[str], variations: bool = False) -> list[Worker]:
    """Two workers that have run all of these, each as fast as the other."""
    config: Any = SimpleNamespace(
        getvalue=lambda name: ["popen", "popen"],
        getoption={"variations": variations}.__getitem__,
        option=SimpleNamespace(loadscopereorder=True),
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
    return [f"conformance/checks/{check.name}[{variant}-case{number}]" for check in CHECKS for number in range(cases)]


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


def test_a_mutant_has_one_worker_and_a_combination_of_variations_is_shared_like_a_variant() -> None:
    nodes = nodes_of("flask-sync~combination_1")
    assert sorted(len(worker.given) for worker in shared_out(nodes)) == [0, len(nodes)]
    assert 0 not in [len(worker.given) for worker in shared_out(nodes, variations=True)]
    nodes += nodes_of("flask-sync~combination_2")
    assert [len(worker.variants) for worker in shared_out(nodes, variations=True)] == [1, 1]


def test_other_tests_come_first_and_those_of_a_file_stay_together() -> None:
    others = [f"tests/test_{name}.py::test_it[{number}]" for name in ("a", "b", "c") for number in range(4)]
    workers = shared_out([*nodes_of("flask-sync"), *others, *nodes_of("sanic-async")])
    for worker in workers:
        kinds = ["checks/" in node for node in worker.given]
        assert kinds == sorted(kinds)
        assert len(worker.variants) == 1
    files = [{node.partition("::")[0] for node in worker.given if "checks/" not in node} for worker in workers]
    assert files[0].isdisjoint(files[1])


def test_a_test_that_is_called_like_a_check_is_none() -> None:
    others = [f"tests/{check.name}[flask-sync-case{number}]" for check in CHECKS for number in range(2)]
    for worker in shared_out([*nodes_of("flask-sync"), *others]):
        kinds = ["checks/" in node for node in worker.given]
        assert kinds == sorted(kinds)


def test_auto_is_one_worker_more_than_there_are_cpus(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_AUTO_NUM_WORKERS", raising=False)
    cpus = psutil.Process().cpu_affinity() if hasattr(psutil.Process, "cpu_affinity") else range(os.cpu_count() or 1)
    asked = pytestconfig.hook.pytest_xdist_auto_num_workers
    assert asked(config=pytestconfig) == len(cpus) + 1
    monkeypatch.setenv("PYTEST_XDIST_AUTO_NUM_WORKERS", "7")
    assert asked(config=pytestconfig) == 7
