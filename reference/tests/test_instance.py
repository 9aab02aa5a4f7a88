"""Instances of API classes: what is shared, mounted, set up; and endpoints that have to answer in time."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.utils.exceptions import DeclarationError, Unauthorized


class PagedAPI(api.API):
    token: str = request.HeaderParam("X-Token")
    size: Annotated[int, request.QueryParam(le=9)] = 3
    item: int = request.PathParam

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        if self.token == "no":
            raise Unauthorized("no")

    def told(self, *more: str) -> list[Any]:
        return [self.token, self.size, self.item, *more]

    @api.get
    def page(self, number: int = 0) -> list[Any]:
        return [*self.told(), number]

    @api.get
    async def awaited(self, number: int = 0) -> list[Any]:
        return [*self.told(), number]


class RootAPI(api.API):
    paged: PagedAPI = api.route("items/{item}")

    @api.get("other/{item}")
    def other(self, item: int) -> Any:
        return self.paged.told("other") + PagedAPI(self.request).told("made")

    @api.get
    def nothing(self) -> Any:
        return hasattr(self, "nothing_at_all")


def test_shared_parameters_are_bound_with_own_and_by_hand() -> None:
    client = Client(RootAPI)
    for name in ("page", "awaited"):
        assert client.get(f"/items/7/{name}?size=4&number=2", x_token="t").json == ["t", 4, 7, 2]
        wrong = client.get(f"/items/x/{name}?size=10&number=y").json["errors"]
        assert {error["name"] for error in wrong} == {"X-Token", "size", "item", "number"}
        assert client.get(f"/items/7/{name}", x_token="no").status == 401
    assert client.get("/other/8", x_token="t").json == ["t", 3, 8, "other", "t", 3, 8, "made"]
    assert client.get("/other/8?size=10", x_token="t").status == 422
    assert client.get("/nothing").json is False


def test_a_shared_parameter_and_an_own_one_have_two_names() -> None:
    class TwiceAPI(api.API):
        token: str = request.HeaderParam()

        @api.get
        def hello(self, token: str) -> str:
            return token

    with pytest.raises(DeclarationError, match=r"TwiceAPI\.hello.*'token'"):
        Client(TwiceAPI)


def test_two_bases_with_one_name_are_told_apart() -> None:
    class FirstAPI(api.API):
        @api.get
        def hello(self) -> int:
            return 1

    class SecondAPI(api.API):
        @api.get
        def hello(self) -> int:
            return 2

    class BothAPI(FirstAPI, SecondAPI):
        pass

    class OwnAPI(FirstAPI, SecondAPI):
        def hello(self) -> int:
            return 3

    with pytest.raises(DeclarationError, match=r"FirstAPI\.hello and .*SecondAPI\.hello"):
        Client(BothAPI)
    assert Client(OwnAPI).get("/hello").json == 3


def test_what_takes_too_long_is_503() -> None:
    class SlowAPI(api.API):
        @api.get(timeout=0.05)
        def plain(self, seconds: float) -> str:
            time.sleep(seconds)
            return "done"

        @api.get(timeout=0.05)
        def broken(self) -> str:
            raise KeyError("at once")

        @api.get(timeout=0.05)
        async def awaited(self, seconds: float) -> str:
            await asyncio.sleep(seconds)
            return "done"

    client = Client(SlowAPI)
    for name in ("plain", "awaited"):
        assert client.get(f"/{name}?seconds=0").text == "done"
        late = client.get(f"/{name}?seconds=0.3")
        assert (late.status, late.json["detail"]) == (503, "There was no answer within 0.05 s")
    assert client.get("/broken").status == 500
