"""What a type checker sees of clients; checked with the package, never run."""

# mypy: disable-error-code=empty-body
# pyright: reportReturnType=false
# A request function's body is `pass`, or `...`; what it returns is the answer.

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from typing_extensions import assert_type

from utilmeta.core import api, cli, request
from utilmeta.core.response import NDJSONResponse, Response, ServerSentEvent, SSEResponse
from utilmeta.utils import Error

Item = TypeVar("Item")


@dataclass
class Pet:
    id: int
    name: str


class Wrapped(Response[Item]):
    result_key = "data"
    message_key = "message"


class Missing(Response):
    status = 404


class Pets(cli.Client):
    @api.get("pet/{id}")
    def pet(self, id: int) -> Response[Pet]: ...

    @api.get(timeout=timedelta(seconds=2))
    def find(self, name: str = "", page: int = request.QueryParam(ge=1, default=1)) -> Wrapped[list[Pet]]: ...

    @api.put("pet/{id}")
    async def change(self, id: int, data: Pet = request.Body) -> Response[Pet] | Missing: ...

    @api.post
    def add(self, data: Pet = request.Body) -> Response[Any]: ...

    @api.before(pet, find)
    def sign(self, request: cli.ClientRequest) -> None:
        request.headers["X-Signed"] = 1
        request.query["at"] = "now"
        assert_type(request.method, str)
        assert_type(request.timeout, float | None)

    def process_response(self, response: Response[Any]) -> cli.ClientRequest | None:
        assert_type(response.status, int)
        return None

    def handle_error(self, error: Error) -> Response[Any] | None:
        return Response(error=error) if isinstance(error.exception, cli.TimedOut) else None


class Born(ServerSentEvent):
    event = "born"
    data: Pet


class Sold(ServerSentEvent):
    event = "sold"
    data: int


class Shop(cli.Client):
    pets: Pets

    @api.get
    def news(self) -> SSEResponse[Born | Sold] | Missing: ...

    @api.get("news")
    async def awaited_news(self) -> SSEResponse[Born | Sold]: ...

    @api.get
    def prices(self) -> NDJSONResponse[int]: ...


def called() -> None:
    with Shop("https://shop.example/api", backend="httpx", default_timeout=5, base_headers={"X-Key": "1"}) as shop:
        assert_type(shop, Shop)
        assert_type(shop.pets.pet(id=1), Response[Pet])
        assert_type(shop.pets.pet(1).result, Pet)
        assert_type(shop.pets.add(data=Pet(1, "Tim")), Response[Any])
        assert_type(shop.pets.find(name="Tim").result, list[Pet])
        assert_type(shop.post("pet", data={"name": "Tim"}, timeout=1).status, int)
        shop.pets.pet(name="Tim")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        shop.get("pet", quary={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        news = shop.news()
        if not isinstance(news, Missing):
            for event in news:
                assert_type(event.data, Pet | int)
        with shop.prices() as prices:
            assert_type(list(prices), list[int])
        assert_type(shop.download("photo", "photo.png", progress=print, timeout=9), Path)
    try:
        shop.get("pet")
    except cli.UnexpectedResponse as error:
        assert_type(error.response, Response[Any])
        assert_type(error.request, cli.ClientRequest | None)


async def awaited() -> None:
    async with Pets("https://shop.example/api/pets") as pets:
        assert_type(pets, Pets)
        assert_type(await pets.change(1, Pet(1, "Tim")), Response[Pet] | Missing)
        assert_type(await pets.async_get("pet/1", query={"a": 1}), Response[Any])
    async with Shop("https://shop.example/api", max_event_size=1000, reconnects=3) as shop:
        assert_type([event async for event in await shop.awaited_news()], list[Born | Sold])
        assert_type(await shop.async_download("photo", Path("photo.png"), resume=False), Path)
