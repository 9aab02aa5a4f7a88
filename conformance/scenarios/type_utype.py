"""Parameters with rules of utype, and results that are its Schemas, where utype is installed."""

import importlib.util
from decimal import Decimal
from typing import List, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

INSTALLED = importlib.util.find_spec("utype") is not None


def parameters():
    """An API class whose endpoints have parameters with rules."""
    import utype

    class RuleAPI(api.API):
        @api.get
        @in_mode
        def rounded(self, number: float = utype.Param(round=2)):
            return {"number": number}

        @api.get
        @in_mode
        def multiple(self, number: int = utype.Param(multiple_of=7)):
            return {"number": number}

        @api.get
        @in_mode
        def listed(self, word: str = utype.Param(enum=["first", "second", ""])):
            return {"word": word}

        @api.get
        @in_mode
        def constant(self, number: int = utype.Param(const=0)):
            return {"number": number}

        @api.get
        @in_mode
        def few(self, value: int = utype.Param(enum=[1, 2])):
            return {"value": value}

        @api.get("few_in_path/{value}")
        @in_mode
        def few_in_path(self, value: int = utype.Field(enum=[1, 2])):
            return {"value": value}

        @api.get
        @in_mode
        def words(self, value: str = utype.Param(enum=["first", "second"])):
            return {"value": value}

        @api.get
        @in_mode
        def one(self, value: int = utype.Field(const=1)):
            return {"value": value}

        @api.get
        @in_mode
        def text(self, value: str = utype.Param(const="only")):
            return {"value": value}

        @api.get
        @in_mode
        def yes(self, value: bool = utype.Param(const=True)):
            return {"value": value}

        @api.get
        @in_mode
        def no(self, value: bool = utype.Param(enum=[False])):
            return {"value": value}

        @api.get
        @in_mode
        def perhaps(self, value: Optional[int] = utype.Param(None, enum=[1, 2])):
            return {"value": value}

        @api.get("segment/{number}")
        @in_mode
        def segment(self, number: int = utype.Field(multiple_of=7)):
            return {"number": number}

        @api.get
        @in_mode
        def optional(self, number: Optional[int] = utype.Param(None, multiple_of=7)):
            return {"number": number}

        @api.get
        @in_mode
        def default(self, number: int = utype.Param(1, multiple_of=7)):
            return {"number": number}

        @api.get
        @in_mode
        def unique(self, number: List[int] = utype.Param(unique_items=True)):
            return {"numbers": number}

        @api.get
        @in_mode
        def contains(self, number: List[int] = utype.Param(contains=int, max_contains=2)):
            return {"numbers": number}

        @api.get
        @in_mode
        def digits(self, number: Decimal = utype.Param(max_digits=4, decimal_places=1)):
            return {"number": float(number)}

        @api.get
        @in_mode
        def cut(self, word: str = utype.Param(max_length=utype.Lax(3))):
            return {"word": word}

    return RuleAPI


def results():
    """An API class whose endpoints answer with Schemas."""
    import utype

    class Circle(utype.Schema):
        radius: int
        names: List[str] = utype.Field(default_factory=list)

        @property
        def diameter(self) -> int:
            return 2 * self.radius

        @property
        def label(self) -> str:
            return f"{self.radius} of {NONCE}" if self.radius else ""

    class ResultAPI(api.API):
        @api.get("circle/{radius}")
        @in_mode
        def circle(self, radius: int):
            return Circle(radius=radius)

        @api.get("annotated/{radius}")
        @in_mode
        def annotated(self, radius: int) -> Circle:
            return Circle(radius=radius, names=["a", ""])

        @api.get("nested/{radius}")
        @in_mode
        def nested(self, radius: int):
            return {"circles": [Circle(radius=radius)], "by name": {"": Circle(radius=0)}}

    return ResultAPI


class RootAPI(api.API):
    if INSTALLED:
        __annotations__ = {"rule": parameters(), "result": results()}

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": ["utype"] if INSTALLED else []}


service = UtilMeta(
    __name__,
    name="type_utype",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
app = with_a_key(service).application()
