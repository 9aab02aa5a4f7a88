"""Python source as `ruff format` leaves it: what is too long for a line has each item on a line of its own.

Each of these lines ends in a comma, which the formatter keeps.
"""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

WIDTH = 88
INDENT = 4
QUOTES = re.compile(r'^"|"$|"(?=")|(?<=")"')
EXPONENT = re.compile(r"e\+")


@dataclass(frozen=True)
class Group:
    """Items in brackets."""

    opening: str
    items: Sequence[Doc]
    closing: str


Doc: TypeAlias = "str | Group | tuple[Doc, ...]"
"""Source that is still to be laid out; a tuple is one after the other."""


def flat(doc: Doc) -> str:
    """Return source on one line."""
    if isinstance(doc, str):
        return doc
    if isinstance(doc, tuple):
        return "".join(map(flat, doc))
    return f"{doc.opening}{', '.join(map(flat, doc.items))}{doc.closing}"


def line(doc: Doc, indent: int = 0) -> str:
    """Return a line, or several where it is too long: those of the last group, or of all."""
    text, parts = flat(doc), list(parts_of(doc))
    groups = [at for at, part in enumerate(parts) if not isinstance(part, str)]
    if indent + len(text) <= WIDTH or not groups:
        return text
    last = groups[-1]
    found = "".join([*map(flat, parts[:last]), exploded(parts[last], indent), *map(flat, parts[last + 1 :])])
    if all(len(each) <= WIDTH for each in found.splitlines()):
        return found
    return "".join(part if isinstance(part, str) else exploded(part, indent) for part in parts)


def parts_of(doc: Doc) -> Iterator[str | Group]:
    """Yield the texts and groups of source."""
    if isinstance(doc, tuple):
        for each in doc:
            yield from parts_of(each)
    else:
        yield doc


def exploded(doc: str | Group, indent: int) -> str:
    """Return a group with each item on a line of its own. The one item of a subscript has no comma: it is no tuple."""
    if isinstance(doc, str):
        return doc
    within = indent + INDENT
    comma = "" if doc.opening.endswith("[") and len(doc.items) == 1 else ","
    lines = [f"{' ' * within}{line((item, comma), within)}\n" for item in doc.items]
    return f"{doc.opening}\n{''.join(lines)}{' ' * indent}{doc.closing}"


def literal(value: Any) -> str | None:
    """Return the source of a text, number, truth value or None; None for any other value, such as infinity."""
    if isinstance(value, enum.Enum):
        return None
    if type(value) is str:
        return quoted(value)
    if type(value) is bytes:
        return f"b{quoted(value.decode('latin-1'), octets=True)}"
    if value is None or type(value) in (bool, int):
        return repr(value)
    if type(value) is float and math.isfinite(value):
        return EXPONENT.sub("e", repr(value))
    return None


def quoted(text: str, *, octets: bool = False) -> str:
    """Return a string literal, in double quotes unless it has more of them than of the others."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    # The other quote makes repr choose ours to be escaped by hand.
    escaped = repr(text.encode("latin-1"))[2:-1] if octets else repr(text)[1:-1]
    escaped = escaped.replace("\\'", "'")
    return f"{quote}{escaped.replace(quote, chr(92) + quote)}{quote}"


def docstring(text: str, indent: int) -> str:
    """Return the lines of a docstring, without the indent of the first; empty for an empty text."""
    lines = [escaped(each).rstrip() for each in text.strip().splitlines()]
    if not lines:
        return ""
    pad = " " * indent
    body = "\n".join([lines[0], *(f"{pad}{each}" if each else "" for each in lines[1:])])
    return f'"""{body}"""' if len(lines) == 1 else f'"""{body}\n{pad}"""'


def escaped(text: str) -> str:
    """Return a line of a docstring, with what would end it or is no printable character escaped."""
    shown = "".join(
        each if each.isprintable() and each != "\\" else repr(each)[1:-1] for each in text.expandtabs(INDENT)
    )
    return QUOTES.sub('\\\\"', shown)


def block(head: str, doc: str, groups: Sequence[Sequence[str]]) -> str:
    """Return the source of a class: its docstring, and groups of lines with an empty one between them."""
    pad = " " * INDENT
    said = docstring(doc, INDENT)
    found = [f"{pad}{said}\n"] if said else []
    found += ["".join(f"{pad}{each}\n" for each in group) for group in groups if group]
    return f"{head}\n" + ("\n".join(found) or f"{pad}pass\n")
