"""Parameters as they can be declared: defaults that are objects, fields of pydantic, Literals and Enums, unions."""

import enum
import re
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Literal, Optional, Union
from uuid import UUID

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response

try:
    import pydantic
except ImportError:
    pydantic = None


# --- defaults that are objects (REQUEST-16) ---


class Bag:
    """An object of no library, equal to itself alone."""

    def __init__(self):
        self.words = []


BAG = Bag()


@dataclass
class Page:
    words: List[str] = field(default_factory=list)
    bag: Any = BAG


@dataclass
class Client:
    x_words: List[str] = field(default_factory=list)


def added(words, word):
    """What is there before `word` is added to it."""
    found = list(words)
    words.append(word)
    return found


class SharedAPI(api.API):
    shared: Page = request.Cookies(default=Page())
    emptied_words: Any = request.QueryParam(default=[])

    @api.post
    @in_mode
    def defaults(
        self,
        word: str = request.HeaderParam("X-Word"),
        query: Page = request.Query(default=Page()),
        client: Client = request.Headers(default=Client()),
        single: Any = request.QueryParam(default={"words": []}),
        plain: Any = (Bag(), 0),
        body: Page = request.Body(default=Page()),
    ):
        objects = [self.shared, query, query.bag, body, body.bag, plain[0]]
        found = [added(each.words, word) for each in objects]
        return {"found": [*found, added(client.x_words, word), added(single["words"], word)]}

    @api.put("defaults")
    @in_mode
    def members(
        self,
        word: str = request.HeaderParam("X-Word"),
        member: Page = request.BodyParam(default=Page()),
        query: Page = request.Query,
    ):
        return {"found": [added(each.words, word) for each in (member, member.bag, query, query.bag)]}

    @api.patch("defaults")
    @in_mode
    def emptied(
        self,
        word: str = request.HeaderParam("X-Word"),
        unmarked: Any = [],  # noqa: B006 - it is what the check is about
        listed: List[str] = request.QueryParam(default=[]),
        named: Any = request.CookieParam(default={}),
        single: Any = request.HeaderParam("X-Single", default=set()),
        member: Any = request.BodyParam(default=[]),
    ):
        lists = [added(words, word) for words in (unmarked, listed, member, self.emptied_words)]
        found = [*lists, sorted(named), sorted(single)]
        named[word] = word
        single.add(word)
        return {"found": found}

    @api.after(emptied)
    def after_emptied(self, answer: Response, words: Any = []):  # noqa: B006 - it is what the check is about
        answer.headers["X-Emptied"] = " ".join(["found", *added(words, "again")])

    @api.after("*")
    def hooked(self, answer: Response, word: str = request.HeaderParam("X-Word"), bag: Any = Bag()):
        answer.headers["X-Found"] = " ".join(["found", *added(bag.words, word)])

    @api.get
    @in_mode
    def false(
        self,
        zero: int = 0,
        text: str = "",
        nothing: Optional[int] = None,
        no: bool = False,
        empty: Any = request.QueryParam(default=[]),
    ):
        return {"found": [zero, text, nothing, no, empty]}


# --- members of Literals and Enums (REQUEST-18) ---


class Size(enum.Enum):
    SMALL = 10
    LARGE = 50
    NONE = 0


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 7


class Mixed(enum.Enum):
    NUMBER = 1
    HALF = 0.5
    TEXT = "text"


Limit = Literal[10, 50, 0]
Choice = Literal[True, b"bytes", "word"]


@dataclass
class Chosen:
    limit: Limit
    size: Size = Size.SMALL
    levels: List[Level] = field(default_factory=list)
    mixed: Optional[Mixed] = None


@dataclass
class Keyed:
    sizes: Dict[Size, Limit]
    listed: List[Dict[Limit, Size]]


def told(value):
    """A member by its class and value, a list by what is in it."""
    if isinstance(value, list):
        return [told(each) for each in value]
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    return f"{type(value).__name__} {value!r}"


class ChosenAPI(api.API):
    @api.get("single/{size}")
    @in_mode
    def single(
        self,
        size: Size,
        limit: Limit,
        level: Level = request.HeaderParam("X-Level"),
        mixed: Mixed = request.CookieParam(),
        choice: Union[Choice, UUID] = request.QueryParam(default="word"),
        sizes: List[Size] = request.QueryParam(default=[]),
        limits: Optional[List[Limit]] = request.HeaderParam("X-Limits", default=None),
    ):
        return {"found": [told(each) for each in (size, limit, level, mixed, choice, sizes, limits)]}

    @api.get("set")
    @in_mode
    def whole(self, chosen: Chosen = request.Query):
        return {"found": [told(chosen.limit), told(chosen.size), told(chosen.levels), told(chosen.mixed)]}

    @api.post("set")
    @in_mode
    def form(self, chosen: Chosen = request.Form):
        return {"found": [told(chosen.limit), told(chosen.size), told(chosen.levels), told(chosen.mixed)]}

    @api.put("set")
    @in_mode
    def fields(self, limit: Limit = request.BodyParam(), size: Size = request.BodyParam()):
        return {"found": [told(limit), told(size)]}

    @api.post("keys")
    @in_mode
    def keys(self, sizes: Dict[Size, Limit] = request.Body):
        return {"found": [[told(key), told(value)] for key, value in sizes.items()]}

    @api.put("keys")
    @in_mode
    def keys_within(self, keyed: Keyed = request.Body):
        return {
            "found": [[told(key), told(value)] for each in (keyed.sizes, *keyed.listed) for key, value in each.items()]
        }

    @api.patch("keys")
    @in_mode
    def keys_of_a_list(self, listed: List[Dict[Size, Limit]] = request.BodyParam()):
        return {"found": [[told(key), told(value)] for each in listed for key, value in each.items()]}

    @api.get("keys")
    @in_mode
    def keys_of_a_query(self, limits: Dict[Limit, Size] = request.Query):
        return {"found": [[told(key), told(value)] for key, value in limits.items()]}


# --- names of what is wrong (ERROR-2c) ---


@dataclass
class Card:
    number: int
    holder: str = ""


@dataclass
class Bank:
    iban: int


@dataclass
class Order:
    pay: Union[Card, Bank]
    ref: Union[int, UUID] = 0
    parts: List[Union[Card, Bank]] = field(default_factory=list)
    nested: Optional[Union[int, List[Union[int, UUID]]]] = None
    counts: Dict[str, Dict[int, int]] = field(default_factory=dict)


class NamedAPI(api.API):
    @api.get
    @in_mode
    def single(self, ref: Union[int, UUID], refs: List[Union[int, UUID]] = request.HeaderParam("X-Ref", default=[])):
        return {"ref": str(ref), "refs": [str(each) for each in refs]}

    @api.post
    @in_mode
    def order(self, order: Order = request.Body):
        return {"ref": str(order.ref)}

    @api.put("order")
    @in_mode
    def fields(self, pay: Union[Card, Bank] = request.BodyParam(), ref: Union[int, UUID] = request.BodyParam()):
        return {"ref": str(ref)}

    @api.post
    @in_mode
    def names(self, counts: Dict[str, Union[int, UUID]] = request.Body):
        return {"counts": sorted(counts)}

    @api.post
    @in_mode
    def form(self, note: str = request.BodyParam(), ref: Union[int, UUID] = request.BodyParam(default=0)):
        return {"note": note}

    @api.put("form")
    @in_mode
    def whole_form(self, card: Card = request.Form):
        return {"holder": card.holder}


# --- values that a type cannot take (REQUEST-19) ---


class RaisingAPI(api.API):
    @api.get
    @in_mode
    def pattern(self, pattern: re.Pattern):
        return {"pattern": pattern.pattern}

    @api.post("pattern")
    @in_mode
    def patterns(self, patterns: Dict[str, re.Pattern] = request.Body):
        return {name: pattern.pattern for name, pattern in patterns.items()}

    @api.put("pattern")
    @in_mode
    def fields(self, pattern: re.Pattern = request.BodyParam()):
        return {"pattern": pattern.pattern}

    @api.post
    @in_mode
    def lazy(self, numbers: Iterable[int] = request.BodyParam()):
        return {"numbers": list(numbers)}

    if pydantic is not None:

        @api.get
        @in_mode
        def path(self, new: pydantic.NewPath, file: Optional[pydantic.FilePath] = None):
            return {"new": str(new)}

        @api.post("path")
        @in_mode
        def paths(self, paths: List[pydantic.NewPath] = request.BodyParam()):
            return {"paths": [str(each) for each in paths]}


if pydantic is not None:
    from request_pydantic_fields import FieldAPI


class RootAPI(api.API):
    shared: SharedAPI
    chosen: ChosenAPI
    named: NamedAPI
    raising: RaisingAPI
    if pydantic is not None:
        field: FieldAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": [] if pydantic is None else ["pydantic"]}


service = UtilMeta(
    __name__,
    name="request_declarations",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
