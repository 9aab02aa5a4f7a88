"""Names of a module that is written: what it imports and defines, none of them twice."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Collection

from utilmeta.core.cli.generation.layout import WIDTH, Group, line
from utilmeta.core.cli.generation.names import identifier

BUILTINS = frozenset(dir(builtins))


class Namespace:
    """Names of a module. ``attributes`` are those of its classes, which hide names of the module where those are read.

    ``met`` are the attributes that were written.
    """

    def __init__(self, attributes: Collection[str] = ()) -> None:
        self.attributes = frozenset(attributes)
        self.met: set[str] = set()
        self.imports: dict[tuple[str, str], str] = {}
        self.used: set[str] = set()

    def imported(self, module: str, name: str) -> str:
        """Return the name that ``from module import name`` gives."""
        key = (module, name)
        if key not in self.imports:
            self.imports[key] = self.free(name)
        return self.imports[key]

    def defined(self, text: str, empty: str) -> str:
        """Return a new name for what the module defines, made of a text."""
        return self.free(identifier(text, BUILTINS, empty))

    def free(self, name: str) -> str:
        """Take a name, with a number at its end where it is taken."""
        found, number = name, 1
        while found in self.used or found in self.attributes:
            number += 1
            found = f"{name}{number}"
        self.used.add(found)
        return found

    def attribute(self, name: str) -> str:
        """Note the name of an attribute of a class, and return it."""
        self.met.add(name)
        return name

    def lines(self) -> str:
        """Return the import statements: those of the standard library, then the others."""
        groups: tuple[list[str], list[str]] = ([], [])
        modules: dict[str, list[str]] = {}
        renamed = []
        for (module, name), local in sorted(self.imports.items()):
            if name != local:
                renamed.append((module, [f"{name} as {local}"]))
            elif module != "builtins":
                modules.setdefault(module, []).append(name)
        for module, names in sorted([*modules.items(), *renamed], key=lambda each: (each[0], each[1][0])):
            own = module.partition(".")[0] not in sys.stdlib_module_names
            groups[own].append(statement(module, names))
        return "\n".join(["from __future__ import annotations\n", *("".join(group) for group in groups if group)])


def statement(module: str, names: list[str]) -> str:
    """Return an import statement, with a line for each name where it is too long."""
    names = sorted(names, key=lambda name: (not name.isupper(), not name[:1].isupper(), name))  # as isort does
    short = f"from {module} import {', '.join(names)}"
    return f"{short if len(short) <= WIDTH else line((f'from {module} import ', Group('(', names, ')')))}\n"
