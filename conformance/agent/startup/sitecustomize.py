"""Start-up code of an implementation's interpreter: an import hook that gives the implementation the page's names, and
the loading of mutants.

A mapping holds modules (`"utilmeta.core.api": "acme.api"`) and attributes of modules
(`"utilmeta:UtilMeta": "acme.service:Service"`). It takes effect when a page module is first imported, so a service
still imports only what it uses. This folder is put on the path where one of the two is asked for only; the interpreter
imports the module by itself when it starts, for scripts as for the agent (see Python's `site`).
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import ModuleType

VARIABLE = "CONFORMANCE_NAMES"
MUTANTS = "CONFORMANCE_MUTANTS"
HARNESS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HELPERS = [os.path.join(HARNESS, name) for name in ("mutants", "variations")]


class _Names(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, mapping: Mapping[str, str]) -> None:
        self.modules = {page: own for page, own in mapping.items() if ":" not in page}
        self.attributes: dict[str, dict[str, list[str]]] = {}
        for page, own in mapping.items():
            if ":" in page:
                module, attribute = page.split(":")
                self.attributes.setdefault(module, {})[attribute] = own.split(":")
        named = {*self.modules, *self.attributes}
        self.parents = {name.rpartition(".")[0] for name in named} - named - {""}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        named = fullname in self.modules or fullname in self.attributes
        if named or (fullname in self.parents and not self.exists(fullname, path, target)):
            return importlib.util.spec_from_loader(fullname, self, is_package=True)
        return None

    def exists(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None) -> bool:
        """Whether the implementation has that package itself; one that only holds mapped modules it may lack."""
        others = [finder for finder in sys.meta_path if finder is not self]
        return any(finder.find_spec(fullname, path, target) is not None for finder in others)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = ModuleType(spec.name)
        if spec.name in self.modules:
            own = importlib.import_module(self.modules[spec.name])
            module.__dict__.update({name: value for name, value in vars(own).items() if not name.startswith("__")})
            if hasattr(own, "__getattr__"):
                vars(module)["__getattr__"] = own.__getattr__
        return module

    def exec_module(self, module: ModuleType) -> None:
        for attribute, (own, name) in self.attributes.get(module.__name__, {}).items():
            setattr(module, attribute, getattr(importlib.import_module(own), name))


def install() -> None:
    """Put the names of the environment variable CONFORMANCE_NAMES (JSON) in force; does nothing without it."""
    mapping = json.loads(os.environ.get(VARIABLE, "{}"))
    if mapping:
        sys.meta_path.insert(0, _Names(mapping))


def mutate() -> None:
    """Load the mutants whose files the environment variable CONFORMANCE_MUTANTS lists as PATH does; nothing without it.

    A mutant that cannot be loaded ends the interpreter: `site` would go on without it, as if it were no mutant.
    """
    files = os.environ.get(MUTANTS)
    if files is None:
        return
    sys.path[:0] = HELPERS
    try:
        for file in files.split(os.pathsep):
            spec = importlib.util.spec_from_file_location("conformance_mutant", file)
            assert spec is not None
            assert spec.loader is not None
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
        del sys.path[: len(HELPERS)]
    except BaseException:  # noqa: BLE001 - told, and the end
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(70)


install()
mutate()
