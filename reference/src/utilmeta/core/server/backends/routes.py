"""The API among the native routes of an application that keeps them in a list (BACKEND-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Arrange = Callable[[list[Any]], list[Any]]


class Routes(list[Any]):
    """A framework's list of routes. When the framework goes through it, ``arrange`` has put it in order since the last
    change, whoever made that; and before it what arranged ``routes``, where another API did so already."""

    def __init__(self, routes: list[Any], arrange: Arrange) -> None:
        super().__init__(routes)
        self.arrangements: tuple[Arrange, ...] = (*getattr(routes, "arrangements", ()), arrange)
        self.arranged = -1

    def arrange(self, routes: list[Any]) -> list[Any]:
        for arrange in self.arrangements:
            routes = arrange(routes)
        return routes

    def __iter__(self) -> Iterator[Any]:
        if len(self) != self.arranged:
            self.arranged = len(self)
            self[:] = self.arrange(self[:])
            self.arranged = len(self)
        return super().__iter__()
