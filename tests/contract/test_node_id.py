"""Tests of node ids and their parts."""

from __future__ import annotations

import pytest

from conformance.contract.node_id import NodeId

IT = "test_route.py::test_it"


@pytest.mark.parametrize(
    ("node", "parts"),
    [
        (f"conformance/checks/{IT}[flask-sync]", NodeId(IT, "flask-sync")),
        (f"../site-packages/conformance/checks/{IT}[flask-sync-a/b\nc]", NodeId(IT, "flask-sync", case="a/b\nc")),
        (IT, NodeId(IT)),
        (f"{IT}[one]", NodeId(IT, case="one")),
        (f"{IT}[flask-asynchronous]", NodeId(IT, case="flask-asynchronous")),
        (f"{IT}[django-async~late_answer]", NodeId(IT, "django-async", "late_answer")),
        (f"{IT}[django-async~late_answer-b[0]-sync]", NodeId(IT, "django-async", "late_answer", "b[0]-sync")),
    ],
)
def test_a_node_id_of_a_check_is_taken_apart(node: str, parts: NodeId) -> None:
    assert NodeId.parse(node) == parts
    assert str(parts) == node[node.index(IT) :]


@pytest.mark.parametrize(
    "node",
    [
        "tests/test_route.py::test_it[flask-sync]",
        "tests/test_a.py::test_it[/conformance/checks/test_route.py::test_it]",
        "conformance/checks/test_route.py",
    ],
)
def test_what_is_no_node_id_of_a_check_has_no_parts(node: str) -> None:
    assert NodeId.parse(node) is None
