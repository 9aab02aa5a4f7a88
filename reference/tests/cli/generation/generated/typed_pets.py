"""Client of the service pets."""

# mypy: disable-error-code=empty-body
# pyright: reportReturnType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as date2
from datetime import timedelta
from decimal import Decimal
from enum import Enum, IntFlag
from typing import Annotated, Any, Literal, NamedTuple, Union
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, RootModel
from typing_extensions import NotRequired, TypedDict
from utilmeta.core import api, cli, request
from utilmeta.core.response import Response


class Wrapped(Response[list[str]]):
    result_key = "data"
    message_key = "message"


class Wrapped2(Response[dict[str, int]]):
    result_key = "data"
    message_key = "message"


class Wrapped3(Response[tuple[int, str]]):
    result_key = "data"
    message_key = "message"


class ToyClient(cli.Client):
    """Toys of a pet."""

    @api.get("")
    def get_(
        self,
        shop: Annotated[str, request.HeaderParam("X-Shop")] = "main",
        *,
        pet: str,
    ) -> Wrapped: ...

    @api.post("")
    def post_(
        self,
        name: Annotated[str, request.BodyParam],
        count: Annotated[int, request.BodyParam(ge=0)] = 0,
        shop: Annotated[str, request.HeaderParam("X-Shop")] = "main",
        *,
        pet: str,
    ) -> Wrapped2:
        """Add a toy; it may be "quoted", 'quoted' or \\ \x00."""

    @api.get("{toy}")
    def close_(
        self,
        toy: str,
        pet: int,
        shop: Annotated[str, request.HeaderParam("X-Shop")] = "main",
    ) -> Wrapped3: ...


class Color(str, Enum):
    """Colors."""

    RED = "red"
    DARK_BLUE = "dark-blue"
    title_ = "title"


class Level(int, Enum):
    LOW = 0
    HIGH = 10


class Rights(IntFlag):
    READ = 1
    WRITE = 2


class Tag(BaseModel):
    """What a pet is
    called.
    """

    model_config = ConfigDict(populate_by_name=True)

    text: str = Field(min_length=1, pattern="^[a-z]+$")
    weight: float = Field(
        default=1e16,
        validation_alias="tag-weight",
        serialization_alias="tag-weight",
        gt=0,
    )
    parent: Tag | None = None


@dataclass(kw_only=True)
class Size:
    width: int
    height: Annotated[int, Field(ge=0)] = 0
    names: list[str] = field(default_factory=list[str])
    born: date2


class Point(NamedTuple):
    x: int
    y: int = 0


class Owner(TypedDict):
    name: str
    pets: NotRequired[list[Pet]]


class Pet(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())

    id: UUID
    name: str
    date: date2 | None = None
    color: Color = Color.RED
    level: Level = Level.LOW
    rights: Rights = Rights.READ
    tags: list[Tag] = []
    price: Decimal
    size: Size | None = None
    at: Point
    owner: Owner | None = None
    kind: Literal[
        "cat",
        "dog",
        "a bird of a kind that has a very long name",
        "another one with a long name",
    ] = "cat"
    seen: timedelta
    model_name: str = ""


class Missing(Response[dict[str, Any]]):
    status = 404


class PagePet(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    items: list[Pet]
    next_page: int | None = Field(
        default=None,
        validation_alias=AliasChoices("next_page_number", "next", "nextPage"),
        serialization_alias="next",
    )


class Query(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    q: str = ""
    page_size: int = Field(
        default=10,
        validation_alias="page-size",
        serialization_alias="page-size",
    )


class Struct(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    type: Literal["circle"] = "circle"
    line_width: int = Field(
        default=1,
        validation_alias="lineWidth",
        serialization_alias="lineWidth",
    )
    json_: dict[str, int] = Field(
        default={},
        validation_alias="json",
        serialization_alias="json",
    )


class Schema(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    some_text: str = Field(
        default="",
        validation_alias=AliasChoices("some-text", "some_text"),
        serialization_alias="some-text",
    )
    some_list: list[int] = []


class Numbers(RootModel[list[int]]):
    pass


class PageInt(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    items: list[int]
    next_page: int | None = Field(
        default=None,
        validation_alias=AliasChoices("next_page_number", "next", "nextPage"),
        serialization_alias="next",
    )


class Wrapped4(Response[PageInt]):
    result_key = "data"
    message_key = "message"


Heads = TypedDict("Heads", {"x-total": "int", "content-type": "NotRequired[str]"})


class Listed(Response[list[int]]):
    headers: Heads  # type: ignore[assignment]  # pyright: ignore


class RootClient(cli.Client):
    """Pets."""

    default_base_url = "http://127.0.0.1:8000/api"

    toys: Annotated[ToyClient, api.route("pet/{pet}/toys")]

    @api.get("pet/{id}")
    def pet(
        self,
        id: Annotated[int, request.PathParam(ge=0)],
    ) -> Response[Pet] | Missing: ...

    @api.put("pet")
    def change(self, data: Annotated[Pet, request.Body]) -> Response[Pet]: ...

    @api.get
    def find(
        self,
        color: Color,
        hidden: Annotated[int, request.QueryParam("_hidden")] = 0,
        sort_by: Annotated[
            Literal["name", "-name"],
            request.QueryParam("sort-by"),
        ] = "name",
        tags: Annotated[
            list[str] | None,
            request.QueryParam("tag", max_length=5),
        ] = None,
        since: date2 | None = None,
        *,
        token: Annotated[str, request.HeaderParam("X-Token")],
        session: Annotated[str | None, request.CookieParam] = None,
    ) -> Response[PagePet]: ...

    @api.get
    def filtered(
        self,
        query: Annotated[Query, request.Query],
    ) -> Response[list[Any]]: ...

    @api.post
    def shapes(
        self,
        data: Annotated[
            Union[Struct, Schema, Numbers, Sequence[Mapping[str, int]]],
            request.Body,
        ],
    ) -> Wrapped4: ...

    @api.post
    def text(
        self,
        data: Annotated[str, request.Body(content_type="text/plain")],
    ) -> Response[str]: ...

    @api.get("file/{rest}")
    def file(self, rest: Annotated[str, request.FilePathParam]) -> Response[None]: ...

    @api.get("slug/{slug}")
    def slug(self, slug: Annotated[str, request.SlugPathParam] = "none") -> Listed: ...

    @api.get
    def anything(self) -> Response: ...
