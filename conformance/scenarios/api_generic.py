"""Generic API classes: subclasses and mounts give their TypeVars types."""

from dataclasses import dataclass
from typing import Generic, List, Optional, TypeVar

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response

T = TypeVar("T")
Key = TypeVar("Key", int, str)


@dataclass
class Item:
    number: int


@dataclass
class Note:
    text: str
    size: int = 0


Model = TypeVar("Model", bound=Item)


class CountedAPI(api.API, Generic[T]):
    """Its T is another than that of the classes that have it as a base."""

    count: T = request.QueryParam("count", default=None)

    @api.get
    @in_mode
    def counted(self):
        return {"count": [type(self.count).__name__, self.count]}


class CrudAPI(CountedAPI[int], Generic[T, Key]):
    key: Key = request.HeaderParam("X-Key", default=None)

    @api.post
    @in_mode
    def create(self, item: T = request.Body):
        return {"item": shown(item), "key": [type(self.key).__name__, self.key]}

    @api.put
    @in_mode
    def several(self, items: List[T] = request.BodyParam(), first: Optional[T] = request.BodyParam(default=None)):
        return {"items": [shown(each) for each in items], "first": first and shown(first)}

    @api.get("one/{key_of_one}")
    @in_mode
    def one(self, key_of_one: Key):
        return {"key": [type(key_of_one).__name__, key_of_one]}

    @api.after("several")
    def hooked(self, answer: Response, key: Optional[Key] = request.HeaderParam("X-Hook", default=None)):
        answer.headers["X-Hooked"] = f"{type(key).__name__} {key}"

    class Checked(Response):
        result: T
        strict = True

    @api.get
    @in_mode
    def checked(self, wrong: bool = False) -> Checked:
        return {"wrong": "unchecked"} if wrong else self.sample()


class MiddleAPI(CrudAPI[List[T], str], Generic[T]):
    pass


class ItemsAPI(CrudAPI[Item, int]):
    def sample(self):
        return Item(7)


class NotesAPI(MiddleAPI[Note]):
    def sample(self):
        return [Note("sample")]


class BoundAPI(api.API, Generic[Model]):
    @api.post
    @in_mode
    def create(self, item: Model = request.Body):
        return {"item": shown(item)}


class Large(Item):
    """Another dataclass of the bound."""


class LargeAPI(BoundAPI[Large]):
    pass


class HolderAPI(api.API, Generic[T]):
    held: CrudAPI[T, int]


class HeldAPI(HolderAPI[Note]):
    pass


def shown(value):
    """The name of its class, and what it holds."""
    if isinstance(value, list):
        return [shown(each) for each in value]
    return [type(value).__name__, value if isinstance(value, dict) else vars(value)]


class RootAPI(api.API):
    items: ItemsAPI
    notes: NotesAPI
    large: LargeAPI
    bracketed: CrudAPI[Note, str]
    holder: HeldAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="api_generic",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
