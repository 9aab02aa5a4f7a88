"""Parameters of every place: each form of the guide once, on any of the six backends.

REQUESTS_BACKEND=sanic python server.py
curl 'http://127.0.0.1:8000/api/query?page=2&@sort=name'
"""

import os
from datetime import datetime
from typing import Annotated, Any, Literal

import utype
from utilmeta import UtilMeta
from utilmeta.core import api, request


class Search(utype.Schema):
    """A set of parameters: the whole query."""

    words: list[str] = utype.Field(default_factory=list)
    order: Literal["name", "-name"] = "name"
    until: datetime | None = None


class Place(utype.Schema):
    lat: float = utype.Field(ge=-90, le=90)
    lon: float = utype.Field(ge=-180, le=180)
    name: str = utype.Field(max_length=20, default="")


class Client(utype.Schema):
    """All headers, names in any case."""

    agent: str = utype.Field(alias="User-Agent", default="")
    options: dict[str, int] = utype.Field(alias="X-Options", default_factory=dict)  # read from JSON


class Kept(utype.Schema):
    theme: str = "light"


class PathsAPI(api.API):
    @api.get("day/{year}-{month}")
    def month(self, year: int, month: int = utype.Param(ge=1, le=12)) -> list[int]:
        return [year, month]

    @api.get("page/{number}")
    def page(self, number: int = utype.Param(1, ge=1)) -> int:
        return number

    @api.get("code/{code}")
    def code(self, code: str = request.PathParam(regex="[A-Z]{3}")) -> str:
        return code

    @api.get("slug/{slug}")
    def slug(self, slug: str = request.SlugPathParam) -> str:
        return slug

    @api.get("file/{path}")
    def file(self, path: str = request.FilePathParam) -> list[str]:
        return path.split("/")


class QueriesAPI(api.API):
    def get(self, page: int = utype.Param(1, ge=1, le=99), sort: str = request.QueryParam("@sort", default="")) -> Any:
        return {"page": page, "sort": sort}

    @api.get
    def whole(self, search: Search = request.Query) -> Search:
        return search

    @api.get
    def renamed(self, since: int = utype.Param(alias="from"), exact: bool = False) -> Any:
        return {"from": since, "exact": exact}


class HeadersAPI(api.API):
    @api.get
    def single(
        self,
        token: str = request.HeaderParam("Authorization", default=None),
        options: dict[str, int] = request.HeaderParam("X-Options", default={}),
        session: str = request.CookieParam(default=None),
    ) -> Any:
        return {"token": token, "options": options, "session": session}

    @api.get
    def whole(self, client: Client = request.Headers, kept: Kept = request.Cookies) -> Any:
        return {"agent": client.agent, "options": client.options, "theme": kept.theme}


class BodiesAPI(api.API):
    @api.post
    def place(self, place: Place = request.Body) -> Place:
        """As JSON, or as a form of either kind."""
        return place

    @api.post
    def places(self, places: list[Place] = request.Body) -> int:
        return len(places)

    @api.post
    def json(self, place: Annotated[Place, request.Json]) -> Place:
        return place

    @api.post
    def form(self, place: Place = request.Form) -> Place:
        return place

    @api.post
    def fields(self, place: Place = request.BodyParam, note: str = request.BodyParam(default="")) -> Any:
        return {"name": place.name, "note": note}

    @api.post
    def text(self, text: str = request.Body(content_type="text/html", max_length=500)) -> int:
        return len(text)


class RootAPI(api.API):
    path: PathsAPI
    query: QueriesAPI
    headers: HeadersAPI
    body: BodiesAPI


service = UtilMeta(
    __name__,
    name="requests",
    backend=os.environ.get("REQUESTS_BACKEND", "starlette"),
    port=int(os.environ["REQUESTS_PORT"]) if "REQUESTS_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
