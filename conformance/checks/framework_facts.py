"""A table of what each framework has or does, for the one check that asks about it; a backend is added by an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BackendUnknown

Fact = TypeVar("Fact")


class FrameworkFacts(Mapping[str, Fact], Generic[Fact]):
    """One fact about each framework, by the backend's name, or by the variant's where the modes differ.

    `about` says in a few words what the facts are. Asking for a backend that has no entry raises BackendUnknown, which
    makes the cell unverified: the check knows nothing of that framework.
    """

    def __init__(self, about: str, entries: Mapping[str, Fact]) -> None:
        self.about = about
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> Fact:
        if name not in self._entries:
            raise BackendUnknown(
                f"This check does not know {name}: its table, in conformance/checks, has no {self.about} for it."
            )
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def of(self, variant: Variant) -> Fact:
        """The fact about a variant, else about its backend."""
        return self[str(variant) if str(variant) in self else variant.backend]
