"""Declarations of clients that cannot be sent, or that are named like what a client has already."""

from types import new_class
from typing import Dict, Union

from client_calls import BUILT_IN
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


def named(name, style="sync"):
    """A client with a request function of this name and style; in the style `mixin` another base class has it."""

    def function(self) -> response.Response:
        pass

    async def awaited(self) -> response.Response:
        pass

    function = awaited if style == "async" else function
    function.__name__ = function.__qualname__ = name
    members = {name: api.get("own")(function), "__module__": __name__}
    bases = (Client,)
    if style == "mixin":
        bases, members = (type("Mixin", (), members), Client), {"__module__": __name__}
    made = new_class("Named", bases, exec_body=lambda namespace: namespace.update(members))
    made("http://127.0.0.1:1", backend="urllib")


def taken(other):
    """The names of built-in functions that a request function may have, which none may; `other` is taken."""
    named(other)
    found = []
    names = (*BUILT_IN, *(f"async_{name}" for name in BUILT_IN))
    for name, style in ((name, style) for name in names for style in ("sync", "async", "mixin")):
        try:
            named(name, style)
        except Exception:  # noqa: BLE001 - whatever it is, it is refused
            continue
        found.append(name)
    return found


def declared(what):
    """A client whose function `{what}` cannot be sent."""
    if what == "nothing_wrong":

        class Mistaken(Client):
            @api.get("thing/{id}")
            def nothing_wrong(self, id: int) -> response.Response:
                pass

    elif what == "name_without_a_parameter":

        class Mistaken(Client):
            @api.get("thing/{id}/{part}")
            def name_without_a_parameter(self, id: int) -> response.Response:
                pass

    elif what == "name_that_is_a_query":

        class Mistaken(Client):
            @api.get("thing/{id}")
            def name_that_is_a_query(self, other: int = request.QueryParam) -> response.Response:
                pass

    elif what == "two_bodies":

        class Mistaken(Client):
            @api.post("thing")
            def two_bodies(self, one: dict = request.Body, two: dict = request.Body) -> response.Response:
                pass

    elif what == "body_and_field":

        class Mistaken(Client):
            @api.post("thing")
            def body_and_field(self, one: dict = request.Body, two: int = request.BodyParam) -> response.Response:
                pass

    elif what == "two_of_one_query_name":

        class Mistaken(Client):
            @api.get("thing")
            def two_of_one_query_name(
                self, one: int = request.QueryParam("x"), two: int = request.QueryParam("x")
            ) -> response.Response:
                pass

    elif what == "two_of_one_header":

        class Mistaken(Client):
            @api.get("thing")
            def two_of_one_header(
                self, one: str = request.HeaderParam("X-One"), two: str = request.HeaderParam("x-one")
            ) -> response.Response:
                pass

    elif what == "returns_a_number":

        class Mistaken(Client):
            @api.get("thing")
            def returns_a_number(self) -> int:
                pass

    elif what == "returns_a_dict":

        class Mistaken(Client):
            @api.get("thing")
            def returns_a_dict(self) -> Dict[str, int]:
                pass

    elif what == "returns_a_client":

        class Mistaken(Client):
            @api.get("thing")
            def returns_a_client(self) -> Client:
                pass

    elif what == "returns_a_choice":

        class Mistaken(Client):
            @api.get("thing")
            def returns_a_choice(self) -> Union[response.Response, Dict[str, int]]:
                pass

    elif what == "returns_none":

        class Mistaken(Client):
            @api.get("thing")
            def returns_none(self) -> None:
                pass

    elif what == "url_that_is_none":

        class Mistaken(Client):
            @api.get("http://127.0.0.1:99999/thing")
            def url_that_is_none(self) -> response.Response:
                pass

    Mistaken("http://127.0.0.1:1", backend="urllib")


def refused(mistakes):
    """What the error says of each of these mistakes; None where it is taken."""
    declared("nothing_wrong")
    found = {}
    for what in mistakes:
        try:
            found[what] = declared(what)
        except Exception as error:  # noqa: BLE001 - what it says is looked at
            found[what] = str(error)
    return found
