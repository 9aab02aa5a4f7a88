"""API of which ``generated/typed_pets.py`` is the client that ``meta gen_client`` writes: one of each kind of type."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import msgspec
import pydantic
import utype
from typing_extensions import NotRequired, TypedDict

from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound

Item = TypeVar("Item")


class Color(str, enum.Enum):
    """Colors."""

    RED = "red"
    DARK_BLUE = "dark-blue"
    title = "title"


class Rights(enum.IntFlag):
    READ = 1
    WRITE = 2


class Level(enum.IntEnum):
    LOW = 0
    HIGH = 10


class Tag(pydantic.BaseModel):
    """What a pet is
    called."""

    text: str = pydantic.Field(min_length=1, pattern="^[a-z]+$")
    weight: float = pydantic.Field(default=1e16, gt=0, alias="tag-weight")
    parent: Tag | None = None


class Owner(TypedDict):
    name: str
    pets: NotRequired[list[Pet]]


Heads = TypedDict("Heads", {"x-total": int, "content-type": NotRequired[str]})


@dataclasses.dataclass
class Size:
    width: int
    height: Annotated[int, pydantic.Field(ge=0)] = 0
    names: list[str] = dataclasses.field(default_factory=list)
    born: dt.date = dataclasses.field(default_factory=dt.date.today)


class Point(NamedTuple):
    x: int
    y: int = 0


class Pet(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")

    id: uuid.UUID
    name: str
    date: dt.date | None = None
    color: Color = Color.RED
    level: Level = Level.LOW
    rights: Rights = Rights.READ
    tags: list[Tag] = []
    price: Decimal = Decimal("1.5")
    size: Size | None = None
    at: Point = Point(0)
    owner: Owner | None = None
    kind: Literal["cat", "dog", "a bird of a kind that has a very long name", "another one with a long name"] = "cat"
    seen: dt.timedelta = dt.timedelta(0)
    model_name: str = ""


class Page(pydantic.BaseModel, Generic[Item]):
    items: list[Item]
    next_page: int | None = pydantic.Field(
        default=None, validation_alias=pydantic.AliasChoices("next", "nextPage"), serialization_alias="next_page_number"
    )


class Numbers(pydantic.RootModel[list[int]]):
    pass


class Struct(msgspec.Struct, tag="circle", rename="camel"):
    line_width: int = 1
    json: dict[str, int] = {}


class Schema(utype.Schema):
    some_text: str = utype.Field(alias="some-text", default="")
    some_list: list[int] = utype.Field(default_factory=list)


class Query(pydantic.BaseModel):
    q: str = ""
    page_size: int = pydantic.Field(default=10, alias="page-size")


class Wrapped(Response[Item], Generic[Item]):
    result_key = "data"
    message_key = "message"


class Missing(Response):
    status = 404
    result: dict[str, Any]


class Listed(Response):
    headers: Heads
    result: list[int]


class ToyAPI(api.API):
    """Toys of a pet."""

    response = Wrapped
    shop: str = request.HeaderParam("X-Shop", default="main")

    def get(self) -> list[str]:
        return ["0", "", self.shop]

    def post(self, name: str = request.BodyParam, count: int = request.BodyParam(default=0, ge=0)) -> dict[str, int]:
        """Add a toy; it may be "quoted", 'quoted' or \\ \x00."""
        return {name: count}

    @api.get("{toy}")
    async def close(self, toy: str, pet: int) -> tuple[int, str]:
        return pet, toy


class RootAPI(api.API):
    """Pets."""

    toys: ToyAPI = api.route("pet/{pet}/toys")

    @api.get("pet/{id}")
    def pet(self, id: int = request.PathParam(ge=0)) -> Pet | Missing:
        if id:
            raise NotFound("none")
        return Pet(id=uuid.UUID(int=0), name="", at=Point(1), tags=[Tag(text="a", **{"tag-weight": 2})])

    @api.put("pet")
    def change(self, data: Pet = request.Body) -> Pet:
        return data

    @api.get
    def find(
        self,
        color: Color,
        _hidden: int = 0,
        sort_by: Literal["name", "-name"] = request.QueryParam("sort-by", default="name"),
        tags: Annotated[list[str], request.QueryParam("tag", max_length=5)] = [],  # noqa: B006 - it is copied
        since: dt.date = request.QueryParam(default=dt.date(2020, 1, 1)),
        token: str = request.HeaderParam("X-Token"),
        session: str | None = request.CookieParam(default=None),
    ) -> Page[Pet]:
        return Page(items=[], next=len(tags) + _hidden)

    @api.get
    def filtered(self, query: Query = request.Query) -> Annotated[list[Any], pydantic.Field(max_length=9)]:
        return [query.q, query.page_size, None, False, 0]

    @api.post
    def shapes(
        self, data: Struct | Schema | Numbers | Sequence[Mapping[str, int]] = request.Body
    ) -> Wrapped[Page[int]]:
        return Wrapped(Page(items=[0]))

    @api.post
    def text(self, data: str = request.Body(content_type="text/plain", max_length=50)) -> str:
        return data

    @api.get("file/{rest}")
    def file(self, rest: str = request.FilePathParam) -> None:
        return None

    @api.get("slug/{slug}")
    def slug(self, slug: str = request.SlugPathParam(default="none")) -> Listed:
        return Listed([len(slug)], headers={"X-Total": 1})

    @api.get
    def anything(self):
        return 0
