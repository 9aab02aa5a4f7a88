"""The API among the native routes of an application that keeps them in a list (BACKEND-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class Routes(list[Any]):
    """A framework's list of routes. When the framework goes through it, ``arrange`` has put it in order since the last
    change, whoever made that."""

    def __init__(self, routes: list[Any], arrange: Callable[[list[Any]], list[Any]]) -> None:
        super().__init__(routes)
        self.arrange = arrange
        self.arranged = -1

    def __iter__(self) -> Iterator[Any]:
        if len(self) != self.arranged:
            self.arranged = len(self)
            self[:] = self.arrange(self[:])
            self.arranged = len(self)
        return super().__iter__()
