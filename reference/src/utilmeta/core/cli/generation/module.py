"""Writes a module with the client of a description, which needs utilmeta, pydantic and Python's own library alone.

All text of the service is data in it: names are made valid, and literals and docstrings escaped.
"""

from __future__ import annotations

from utilmeta.core.cli.generation.classes import Classes
from utilmeta.core.cli.generation.description import Description
from utilmeta.core.cli.generation.layout import docstring
from utilmeta.core.cli.generation.namespace import Namespace

# A request function has no body, as its request is sent.
CHECKERS = "# mypy: disable-error-code=empty-body\n# pyright: reportReturnType=false\n"


def write_module(description: Description, doc: str, base_url: str | None = None) -> str:
    """Return the source of a module, always the same for one description, as `ruff format` leaves it.

    Raises DeclarationError, naming endpoint and parameter, for a type that no module can have.
    """
    first = Namespace()
    Classes(first).client(description, base_url)
    names = Namespace(first.met)  # no name of the module is hidden by one of a class
    classes = Classes(names)
    classes.client(description, base_url)
    head = f"{docstring(doc, 0)}\n\n{CHECKERS}\n"
    return "\n\n".join([f"{head}{names.lines()}", *classes.written]).replace("\n\n\nfrom", "\n\nfrom", 1)
