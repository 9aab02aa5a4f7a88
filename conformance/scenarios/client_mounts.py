"""Clients that mount others: at the name, at a route of the attribute or of the class, within each other."""

from client_calls import calling
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


def mounted():
    class Orders(Client):
        @api.get("{id}")
        def order(self, id: int, page: int = request.QueryParam(default=1)) -> response.Response:
            pass

        @api.post
        def made(self, data: dict = request.Body) -> response.Response:
            pass

    class Shop(Client):
        orders: Orders

        @api.get
        def hours(self) -> response.Response:
            pass

    @api.route("back/office")
    class Office(Client):
        @api.get
        def hours(self) -> response.Response:
            pass

    class Town(Client):
        shop: Shop
        office: Office
        market: Shop = api.route("market-place/old")
        depot: Office = api.route("depot/")
        yard: Office = api.route("/back/yard/")

        @api.get
        def hours(self) -> response.Response:
            pass

    return Town


def templated():
    class Stock(Client):
        @api.get("item/{id}")
        def item(
            self, id: int, owner: str = request.PathParam, shelf: int = request.PathParam, n: str = ""
        ) -> response.Response:
            pass

    @api.route("shelf/{shelf}")
    class Shelf(Client):
        stock: Stock

    class Rows(Client):
        row: Shelf

    class Town(Client):
        shelves: Rows = api.route("of/{owner}")
        lone: Stock = api.route("of/{owner}/shelf-{shelf}")

    return Town


called = calling(mounted, templated)
