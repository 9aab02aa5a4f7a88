"""Clients that declare requests: paths, parameters and bodies; request functions whose own bodies give the answer."""

from dataclasses import dataclass
from typing import List, Optional

from client_calls import calling, settings
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


@dataclass
class Signed:
    token: str

    def __post_init__(self):
        raise ValueError(f"{self.token} is no token")


def pets():
    class Pets(Client):
        @api.get
        def status(self) -> response.Response:
            pass

        @api.get("pet/{id}")
        def pet(self, id: int, size: int = request.QueryParam(default=1)) -> response.Response:
            pass

        @api.post("pet")
        def add(self, data: dict = request.Body) -> response.Response:
            pass

        @api.put("pet/{id}")
        def replace(self, id: int, data: dict = request.Body) -> response.Response:
            pass

        @api.patch("pet/{id}")
        def change(self, id: int, data: dict = request.Body) -> response.Response:
            pass

        @api.delete("pet/{id}")
        def remove(self, id: int) -> response.Response:
            pass

    return Pets


def parameters():
    class Parameters(Client):
        @api.get("found")
        def found(
            self,
            tag: str,
            limit: Optional[int] = None,
            sold: bool = request.QueryParam(default=None),
            sort_by: str = request.QueryParam(alias="sort-by", default=None),
            token: str = request.HeaderParam("X-Token", default=None),
            session: str = request.CookieParam("sid", default=None),
        ) -> response.Response:
            pass

        @api.get("defaults")
        def defaults(
            self,
            tag: str,
            size: str = "large",
            sold: bool = request.QueryParam(default=False),
            token: str = request.HeaderParam("X-Token", default="none"),
            session: int = request.CookieParam("sid", default=0),
        ) -> response.Response:
            pass

        @api.post("named")
        def named(
            self, name: str = request.BodyParam, age: Optional[int] = request.BodyParam(default=None)
        ) -> response.Response:
            pass

        @api.get("defaulted")
        def defaulted(
            self,
            limit: Optional[int] = 10,
            token: Optional[str] = request.HeaderParam("X-Token", default="none"),
            session: Optional[str] = request.CookieParam("sid", default="none"),
        ) -> response.Response:
            pass

        @api.get("listed")
        def listed(self, ids: List[int] = []) -> response.Response:  # noqa: B006 - a request has its own
            ids.append(len(ids))

    return Parameters


def elsewhere():
    class Below(Client):
        @api.get(f"{settings['other']}/mounted")
        def there(self) -> response.Response:
            pass

    class Elsewhere(Client):
        below: Below

        @api.get(f"{settings['other']}/there/{{id}}")
        def there(self, id: int, q: str = request.QueryParam(default="")) -> response.Response:
            pass

        @api.get(f"HTTP{settings['other'][4:]}/loud")
        def loud(self) -> response.Response:
            pass

        @api.get("here")
        def here(self) -> response.Response:
            pass

    return Elsewhere


def segments():
    class Segments(Client):
        @api.get("item/{name}/end")
        def item(self, name: str) -> response.Response:
            pass

        @api.get("header")
        def header(self, text: str = request.HeaderParam("X-Text")) -> response.Response:
            pass

        @api.get("signed")
        def signed(self, query: Signed = request.Query) -> response.Response:
            pass

        @api.get("cookie")
        def cookie(self, text: str = request.CookieParam("text")) -> response.Response:
            pass

    return Segments


def bodies():
    class Bodies(Client):
        @api.get("custom")
        def custom(self, number: int = request.QueryParam(default=0), _times: int = 1):
            if number < 0:
                return None
            return self.post("made", query={"n": number * _times}, data={"number": number})

        @api.get("valued")
        def valued(self, what: str):
            return {"zero": 0, "empty": "", "false": False, "list": []}[what]

        @api.get("hidden")
        def hidden(self, shown: int, _hidden: str = "", _nothing: Optional[List[int]] = None) -> response.Response:
            pass

        @api.get("hidden")
        def renamed(
            self,
            shown: int,
            _query: str = request.QueryParam("q", default=""),
            _header: str = request.HeaderParam("X-Hidden", default=""),
        ) -> response.Response:
            pass

    return Bodies


called = calling(pets, parameters, elsewhere, segments, bodies)
