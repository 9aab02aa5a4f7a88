"""Clients made of API classes, whose own code notes that it runs; and which of their functions are awaited."""

import inspect
from dataclasses import dataclass, field
from typing import Dict, List, Optional

from client_calls import calling, journal
from pydantic import Field
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


@dataclass
class Owner:
    name: str
    pets: int = 0


@dataclass
class Pet:
    name: str
    age: int = 0
    tags: List[str] = field(default_factory=list)
    owner: Optional[Owner] = None


def noted():
    journal.append("factory")
    return 7


def pets():
    class Missing(response.Response):
        status = 404

    class Wrapped(response.Response):
        result_key = "data"

    class Stock(api.API):
        response = Wrapped
        area: str = request.HeaderParam("X-Area", default="")

        @api.get("item/{id}")
        def item(self, id: int, page: int = request.QueryParam(default=1)) -> List[int]:
            journal.append("body")

        @api.get
        def get(self) -> int:
            journal.append("body")

        @api.delete
        def delete(self) -> int:
            journal.append("body")

    class Hidden(api.API):
        @api.get
        def inner(self):
            journal.append("body")

    class Pets(api.API):
        stock: Stock = api.route("of/{owner}/stock")
        hidden: Hidden = api.route("hidden", private=True)

        @api.get("pet/{id}")
        def pet(
            self,
            id: int,
            size: int = request.QueryParam(default=None),
            sort_by: str = request.QueryParam("sort-by", default=None),
            token: str = request.HeaderParam("X-Token", default=None),
            session: str = request.CookieParam("sid", default=None),
        ) -> Pet:
            journal.append("body")

        @api.post("pet")
        def add(self, data: Pet = request.Body) -> Dict[str, int]:
            journal.append("body")

        @api.put("pet")
        def named(
            self,
            name: str = request.BodyParam("full-name"),
            age: Optional[int] = request.BodyParam(default=None),
        ) -> Missing:
            journal.append("body")

        @api.patch("made")
        def made(self, size: int = Field(default_factory=noted)) -> Optional[bool]:
            journal.append("body")

        @api.get(private=True)
        def secret(self):
            journal.append("body")

        @api.before("*")
        def hooked(self):
            journal.append("before")

        @api.after("*")
        def changed(self, response):
            journal.append("after")

        @api.handle("*")
        def handled(self, error):
            journal.append("handle")

    return Client.of(Pets)


class Mixed(api.API):
    @api.get
    def plain(self):
        pass

    @api.get
    async def awaited(self):
        pass


def styles():
    """Which functions give what is awaited: as their endpoints, as all are asked to be, and as none is."""
    return [
        {name: is_awaited(Client.of(Mixed, **options), name) for name in ("plain", "awaited")}
        for options in ({}, {"asynchronous": True}, {"asynchronous": False})
    ]


def is_awaited(cls, name):
    """Whether a call of a function gives what is awaited; without a base URL it sends nothing."""
    try:
        found = getattr(cls(), name)()
    except Exception:  # noqa: BLE001 - it was called plainly
        return False
    if inspect.iscoroutine(found):
        found.close()
    return inspect.isawaitable(found)


called = calling(pets)
