"""Loads a scenario that the implementation cannot load as it is: statement by statement, without what raises.

Scenarios that a scenario imports are loaded in the same way. `scenario_execution` executes their statements.
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from conformance_agent.scenario_execution import Execution, Removals
from conformance_agent.stand_ins import MissingParts


def load(name: str, folder: str, missing: MissingParts, removals: Removals) -> "tuple[ModuleType, list[str]]":
    """Import the scenario `name`; return the module, and the endpoints that could be removed from it.

    `removals` are members of classes, by `module.Class.member`, that are taken for ones that raise.
    """
    finder = _Scenarios(folder, missing, removals)
    sys.meta_path.insert(0, finder)
    for loaded in list(sys.modules):
        if finder.file_of(loaded):
            del sys.modules[loaded]
    module = importlib.import_module(name)
    missing.loading = False
    return module, finder.endpoints


class _Scenarios(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of the folder of scenarios and executes them statement by statement."""

    def __init__(self, folder: str, missing: MissingParts, removals: Removals) -> None:
        self.folder = folder
        self.missing = missing
        self.removals = removals
        self.endpoints: list[str] = []
        self.incomplete: list[tuple[type, list[int]]] = []  # classes, and the parts that were left out of each

    def file_of(self, name: str) -> "str | None":
        file = os.path.join(self.folder, f"{name}.py")
        return file if "." not in name and os.path.isfile(file) else None

    def find_spec(
        self, fullname: str, path: "Sequence[str] | None" = None, target: "ModuleType | None" = None
    ) -> "importlib.machinery.ModuleSpec | None":
        file = self.file_of(fullname)
        return importlib.util.spec_from_file_location(fullname, file, loader=self) if file else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        file = self.file_of(module.__name__)
        assert file is not None
        with open(file, encoding="utf-8") as source:
            tree = ast.parse(source.read(), file)
        execution = Execution(vars(module), file, self.missing, self.removals, self.incomplete)
        try:
            for statement in tree.body:
                execution.run(statement)
        finally:
            self.endpoints += execution.endpoints
