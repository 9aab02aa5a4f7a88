"""Takes node ids of checks apart: `test_route.py::test_x[flask-sync~mutant-case]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from conformance.contract.backend import Mode

_NODE_ID = re.compile(
    r"(?:(?:[^\[]*/)?conformance/checks/)?(?P<check>[^/\[]+::[^\[]+)"
    rf"(?:\[(?:(?P<variant>\w+-(?:{'|'.join(mode.value for mode in Mode)}))(?:~(?P<mutant>\w+))?(?=[-\]]))?"
    r"-?(?P<case>.*)\])?",
    re.DOTALL,
)


@dataclass(frozen=True)
class NodeId:
    """The parts of a node id; those that it does not have are empty.

    `check` is the name of the check, `test_route.py::test_x`. `case` is the id of a parametrized case, without the
    variant and the mutant.
    """

    check: str
    variant: str = ""
    mutant: str = ""
    case: str = ""

    @classmethod
    def parse(cls, node: str) -> NodeId | None:
        """The parts of `node`, None where its file lies in another folder than conformance/checks.

        Pytest leaves the folder out where the checks are outside its root directory.
        """
        return _parsed(node)

    def __str__(self) -> str:
        parameters = f"{self.variant}~{self.mutant}" if self.mutant else self.variant
        parameters = "-".join(filter(None, (parameters, self.case)))
        return f"{self.check}[{parameters}]" if parameters else self.check


@cache
def _parsed(node: str) -> NodeId | None:
    match = _NODE_ID.fullmatch(node)
    return NodeId(**match.groupdict("")) if match else None
