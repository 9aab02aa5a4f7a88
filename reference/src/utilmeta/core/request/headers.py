"""Mapping of request headers, whose names are case-insensitive (RFC 9110, 5.1), and the grammar of such names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token (RFC 9110, 5.6.2): the name of a header, a cookie or a method, or a part of a media type."""


class Headers(Mapping[str, str]):
    """Read-only, case-insensitive mapping of request headers; it iterates over names in lower case."""

    __slots__ = ("fields",)

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self.fields = dict(items)

    def __getitem__(self, name: str) -> str:
        return self.fields[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __repr__(self) -> str:
        return f"Headers({self.fields!r})"
