"""Probe: regexes and bounds of parameters, each put into an application; it returns their errors."""

import dataclasses
import datetime
import enum
import importlib.util
import uuid
from decimal import Decimal
from typing import Annotated, Any, Dict, List, Literal, NewType, Optional, Set, Union

from api_mistakes import culprit, endpoint, told
from api_trial import way
from utilmeta.core import api, request


class Colour(enum.Enum):
    RED = "red"


class Size(enum.Enum):
    SMALL = 1


class Level(enum.IntEnum):
    LOW = 1


Number = NewType("Number", int)
Name = NewType("Name", str)


@dataclasses.dataclass
class Item:
    name: str


WORDS = ["CulpritAPI", "culprit", "number"]
JSON = {"in the body": request.BodyParam, "of the body": request.Body}


def posted(kind, default):
    return lambda: culprit(culprit=endpoint(lambda self, number=default: "", number=kind))


def asked(kind, default):
    return lambda: culprit(culprit=endpoint(lambda self, number=default: "", api.get("culprit"), number=kind))


NO_TEXTS = {
    "an int": int,
    "a float": float,
    "a bool": bool,
    "a Decimal": Decimal,
    "bytes": bytes,
    "an int or None": Optional[int],
    "an int or a text": Union[int, str],
    "an annotated int": Annotated[int, "note"],
    "a NewType of int": Number,
    "an Enum of numbers": Size,
    "an IntEnum": Level,
    "a Literal with a number": Literal["a", 1],
    "a list of int": List[int],
    "a list of lists": List[List[str]],
    "a list of anything": List[Any],
    "a mapping": Dict[str, str],
    "a dataclass": Item,
    "anything": Any,
}
TEXTS = {
    "a text": str,
    "a text or None": Optional[str],
    "a NewType of str": Name,
    "an Enum of texts": Colour,
    "a Literal of texts": Literal["a", "b"],
    "a UUID": uuid.UUID,
    "a date": datetime.date,
    "a list of texts": List[str],
    "a set of texts": Set[str],
}

# By type and constraint; each is tried in the body and in the query.
BOUNDS = [
    (int, {"min_length": 2}),
    (float, {"max_length": 2}),
    (bool, {"length": 2}),
    (Decimal, {"min_length": 2}),
    (datetime.date, {"max_length": 2}),
    (uuid.UUID, {"max_length": 2}),
    (Optional[int], {"max_length": 2}),
    (Number, {"min_length": 2}),
    (Colour, {"min_length": 2}),
    (Size, {"max_length": 2}),
    (Literal[1, 2], {"min_length": 2}),
    (Literal["a", 1], {"max_length": 2}),
    (str, {"ge": 2}),
    (Name, {"ge": 2}),
    (Literal["a", "b"], {"lt": 2}),
    (int, {"ge": "b"}),
    (List[int], {"ge": 2}),
    (List[str], {"lt": "b"}),
    (Colour, {"ge": Colour.RED}),
    (datetime.date, {"gt": 2}),
    (Any, {"ge": 2}),
    (object, {"le": 2}),
]
KEPT = [
    (int, {"ge": 2}),
    (Number, {"ge": 2}),
    (Decimal, {"lt": Decimal(2)}),
    (Level, {"ge": 1}),
    (Literal[1, 2], {"ge": 2}),
    (datetime.date, {"ge": datetime.date(2021, 1, 1)}),
    (str, {"max_length": 2}),
    (Name, {"min_length": 1}),
    (Literal["a", "bc"], {"min_length": 2}),
    (Optional[str], {"min_length": 1}),
    (List[int], {"max_length": 2}),
    (Set[str], {"min_length": 1}),
]

WRONG = {
    "regexes": {
        f"{what}, {where}": (posted(kind, marker(regex="[0-9]{4}")), WORDS)
        for what, kind in NO_TEXTS.items()
        for where, marker in JSON.items()
    },
    "bounds": {
        f"{kind}, {bounds}, {where}": (make(kind, marker(**bounds)), WORDS)
        for kind, bounds in BOUNDS
        for where, make, marker in (("body", posted, request.BodyParam), ("query", asked, request.QueryParam))
    },
}
RIGHT = {
    "regexes": {what: posted(kind, request.BodyParam(regex="[0-9]{4}")) for what, kind in TEXTS.items()}
    | {f"{what}, in the query": asked(kind, request.QueryParam(regex="[0-9]{4}"))
       for what, kind in {**TEXTS, "an int": int, "an Enum of numbers": Size, "bytes": bytes}.items()},
    "bounds": {f"{kind}, {bounds}": asked(kind, request.QueryParam(**bounds)) for kind, bounds in KEPT},
}  # fmt: skip


def members():
    """Declarations whose bounds a pydantic.Field says: those that are wrong, and those that are right. None where
    pydantic is not installed."""
    if importlib.util.find_spec("pydantic") is None:
        return {}, {}
    from pydantic import BaseModel, Field

    @dataclasses.dataclass
    class Counted:
        count: Annotated[int, Field(min_length=2)]

    class Coloured(BaseModel):
        colour: List[Annotated[Colour, Field(max_length=2)]]

    class Worded(BaseModel):
        word: Annotated[str, Field(ge=2)]

    wrong = {
        "of a dataclass": (posted(Counted, request.Json), WORDS),
        "of a list of a model": (posted(Coloured, request.Json), WORDS),
        "of a model": (posted(Worded, request.Json), WORDS),
        "of a mapping": (posted(Dict[str, Annotated[int, Field(max_length=2)]], request.Json), WORDS),
        "of a list": (posted(List[Annotated[bool, Field(min_length=2)]], request.BodyParam), WORDS),
    }
    right = {
        "of a list": posted(List[Annotated[str, Field(max_length=2)]], request.BodyParam),
        "of a mapping": posted(Dict[str, Annotated[int, Field(ge=2)]], request.Json),
    }
    return wrong, right


def declared(kind):
    """The error of each declaration of that kind, and of those of it that are right."""
    _, target = way(culprit)
    wrong, right = members() if kind == "members" else (WRONG[kind], RIGHT[kind])
    return [
        {what: told(target, make, words) for what, (make, words) in wrong.items()},
        {what: told(target, make, []) for what, make in right.items()},
    ]
