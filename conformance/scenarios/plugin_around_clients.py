"""Plugins around a Client class and around a request function."""

from client_calls import calling, journal
from utilmeta.core import api, response
from utilmeta.core.cli import Client


class Noting(api.Plugin):
    """Notes what it is called for under the name that it is given."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def process_request(self, request):
        journal.append(f"{self.name} request")
        request.headers["X-Plugin"] = self.name

    def process_response(self, response):
        journal.append(f"{self.name} response {response.status}")

    def handle_error(self, error):
        journal.append(f"{self.name} error")


def decorated():
    class Number(response.Response):
        result: int

    @Noting("class")
    class Decorated(Client):
        @Noting("function")
        @api.get("one/{n}")
        def one(self, n: int) -> response.Response:
            pass

        @api.get("two/{n}")
        def two(self, n: int) -> Number:
            pass

    return Decorated


def undecorated():
    class Undecorated(Client):
        @Noting("function")
        @api.get("one/{n}")
        def one(self, n: int) -> response.Response:
            pass

        @api.get("two/{n}")
        def two(self, n: int) -> response.Response:
            pass

    return Undecorated


called = calling(decorated, undecorated)
