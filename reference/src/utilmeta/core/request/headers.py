"""Headers by name, whatever its case (RFC 9110, 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


class Headers(Mapping[str, str]):
    """The headers of a request. Names come in lower case; they are found in any."""

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
