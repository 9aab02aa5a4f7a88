"""An API of as many routes as asked for."""

from __future__ import annotations

from dataclasses import dataclass

from utilmeta.core import api, request


@dataclass
class Article:
    """What half of the endpoints that have a body take."""

    title: str
    words: int
    tags: list[str]


def members(count: int) -> dict[str, object]:
    """So many endpoints of four kinds, each a function of its own."""
    found: dict[str, object] = {}
    for index in range(count):

        def fixed(self: api.API) -> str:
            return "fixed"

        def templated(self: api.API, id: int, size: int = request.QueryParam(default=10, le=100)) -> int:
            return id + size

        def listed(self: api.API, tag: list[str], page: int = 1, token: str = request.HeaderParam(default="")) -> int:
            return len(tag)

        def stored(self: api.API, id: int, article: Article = request.Body) -> str:
            return article.title

        kind = index % 4
        name = f"{('fixed', 'templated', 'listed', 'stored')[kind]}{index}"
        function = (fixed, templated, listed, stored)[kind]
        function.__name__ = function.__qualname__ = name
        decorate = (api.get, api.get(f"{name}/{{id}}"), api.get, api.post(f"{name}/{{id}}"))[kind]
        found[name] = decorate(function)
    return found


def root(routes: int) -> type[api.API]:
    """An API of so many routes, in classes of a hundred."""
    sizes = [min(100, routes - begin) for begin in range(0, routes, 100)]
    parts = {f"part{index}": type(f"Part{index}API", (api.API,), members(size)) for index, size in enumerate(sizes)}
    return type("RootAPI", (api.API,), {"__annotations__": parts, "__module__": __name__})
