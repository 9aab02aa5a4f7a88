"""What a type checker sees of the markers and the request; checked with the package, never run."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel
from typing_extensions import assert_type

from utilmeta.core import api, request
from utilmeta.core.request import HeaderParam, QueryParam, Request


class Filter(BaseModel):
    tag: list[str] = []


class RootAPI(api.API):
    @api.get("find/{kind}/{path}")
    def find(
        self,
        kind: str = request.PathParam("[a-z]+", max_length=8),
        path: str = request.FilePathParam,
        size: int = request.QueryParam(default=10, ge=1, le=100),
        token: str = HeaderParam("X-Token"),
        agent: str | None = request.HeaderParam("User-Agent", required=False),
        session: str = request.CookieParam,
        number: Annotated[int, QueryParam("page[number]")] = 1,
        others: Annotated[list[int] | None, request.QueryParam] = None,
    ) -> None:
        assert_type(size, int)
        assert_type(agent, str | None)
        assert_type(number, int)

    @api.post("post/{slug}")
    def post_by_slug(
        self,
        slug: str = request.SlugPathParam(),
        query: Filter = request.Query,
        headers: dict[str, str] = request.Headers(default=None),
        cookies: Annotated[dict[str, str] | None, request.Cookies] = None,
        content: Filter = request.Body,
    ) -> None:
        assert_type(query, Filter)
        assert_type(self.request, Request)

    @api.patch
    def change(self, name: str = request.BodyParam, size: int = request.BodyParam("@size", default=1)) -> None:
        assert_type(name, str)
        assert_type(self.request.time, datetime)
        assert_type(self.request.url, str)
        assert_type(self.request.query["name"], str)
        assert_type(self.request.query.get("name"), str | None)
        assert_type(self.request.query.getlist("name"), list[str])

    @api.get
    def wrong(self, size: int = request.QueryParam(defualt=10), alias: int = request.QueryParam(10)) -> None:  # type: ignore[call-arg,arg-type]
        print(self.request.adress)  # type: ignore[attr-defined]
