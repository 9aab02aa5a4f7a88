"""List of an application's native routes that keeps the API in its place among them (BACKEND-3b)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Arrange = Callable[[list[Any]], list[Any]]


class Routes(list[Any]):
    """A framework's list of routes, put in order by ``arrange`` before the framework iterates over it.

    So an order survives changes that others make to the list. Where another API has arranged ``routes`` already, its
    function is applied first.
    """

    def __init__(self, routes: list[Any], arrange: Arrange) -> None:
        super().__init__(routes)
        self.arrangements: tuple[Arrange, ...] = (*getattr(routes, "arrangements", ()), arrange)
        self.arranged = -1

    def arrange(self, routes: list[Any]) -> list[Any]:
        """Return routes in the order that all APIs want."""
        for arrange in self.arrangements:
            routes = arrange(routes)
        return routes

    def __iter__(self) -> Iterator[Any]:
        if len(self) != self.arranged:
            self.arranged = len(self)
            self[:] = self.arrange(self[:])
            self.arranged = len(self)
        return super().__iter__()
