"""Probe: pydantic.Field bounds of members of lists, mappings, dataclasses and models; it returns their errors."""

import dataclasses
import datetime
import enum
import uuid
from collections import OrderedDict
from decimal import Decimal
from ipaddress import IPv4Address
from typing import (
    Annotated,
    Any,
    Deque,
    Dict,
    FrozenSet,
    List,
    Literal,
    NamedTuple,
    NewType,
    Optional,
    Sequence,
    Set,
    Tuple,
    Union,
)

from api_mistakes import culprit, endpoint, told
from api_trial import way
from utilmeta.core import request

try:
    import pydantic
except ImportError:
    pydantic = None


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int


class Pair(NamedTuple):
    x: int
    y: int


Number = NewType("Number", int)
WORDS = ["CulpritAPI", "culprit", "number"]

# Types whose values have no length, and types whose values are neither above 2 nor below it.
WITHOUT_LENGTH = {
    "an int": int,
    "a float": float,
    "a bool": bool,
    "a Decimal": Decimal,
    "a date": datetime.date,
    "a time": datetime.time,
    "a datetime": datetime.datetime,
    "a timedelta": datetime.timedelta,
    "a UUID": uuid.UUID,
    "an address": IPv4Address,
    "a NewType": Number,
    "an Enum": Colour,
    "a Literal": Literal[1, 2],
    "a number or None": Optional[int],
    "a number or a date": Union[int, datetime.date],
    "a dataclass": Point,
}
WITHOUT_ORDER = {
    "a text": str,
    "bytes": bytes,
    "a UUID": uuid.UUID,
    "an address": IPv4Address,
    "an Enum": Colour,
    "a Literal": Literal["a", "b"],
    "a text or None": Optional[str],
    "a list": List[int],
    "a sequence": Sequence[int],
    "a set": Set[int],
    "a frozenset": FrozenSet[int],
    "a tuple": Tuple[int, ...],
    "a tuple of two": Tuple[int, int],
    "a tuple of anything": tuple,
    "a named tuple": Pair,
    "a deque": Deque[int],
    "a mapping": Dict[str, int],
    "an ordered mapping": OrderedDict,
    "a dataclass": Point,
    "anything": Any,
}


def member_of_a_model(kind):
    return pydantic.create_model("Whole", member=(kind, ...))


def member_of_a_dataclass(kind):
    return dataclasses.make_dataclass("Whole", [("member", kind)])


WHOLES = {
    "a list": lambda kind: List[kind],
    "a mapping": lambda kind: Dict[str, kind],
    "a dataclass": member_of_a_dataclass,
    "a model": member_of_a_model,
    "a list of lists": lambda kind: List[List[kind]],
}


def posted(kind):
    return lambda: culprit(culprit=endpoint(lambda self, number=request.BodyParam: "", number=kind))


def bounded(kind, whole, **bounds):
    return posted(WHOLES[whole](Annotated[kind, pydantic.Field(**bounds)]))


def wrong():
    return {
        f"{what} in {whole}, {bounds}": (bounded(kind, whole, **bounds), WORDS)
        for kinds, bounds in ((WITHOUT_LENGTH, {"max_length": 2}), (WITHOUT_ORDER, {"ge": 2}))
        for number, (what, kind) in enumerate(kinds.items())
        for whole in [list(WHOLES)[number % len(WHOLES)]]
    }


def right():
    kept = [
        (int, {"ge": 2}),
        (datetime.date, {"ge": datetime.date(2021, 1, 1)}),
        (str, {"max_length": 2}),
        (bytes, {"max_length": 2}),
        (List[int], {"max_length": 2}),
        (Set[int], {"min_length": 2}),
        (Tuple[int, ...], {"max_length": 2}),
        (Deque[int], {"max_length": 2}),
        (Dict[str, int], {"max_length": 2}),
        (IPv4Address, {"ge": IPv4Address("127.0.0.1")}),
    ]
    return {
        f"{kind} in {whole}, {bounds}": bounded(kind, whole, **bounds)
        for number, (kind, bounds) in enumerate(kept)
        for whole in [list(WHOLES)[number % len(WHOLES)]]
    }


def declared():
    """The error of each declaration that is wrong, and of those that are right; none without pydantic."""
    if pydantic is None:
        return [{}, {}]
    _, target = way(culprit)
    return [
        {what: told(target, make, words) for what, (make, words) in wrong().items()},
        {what: told(target, make, []) for what, make in right().items()},
    ]
