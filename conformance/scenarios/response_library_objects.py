"""Objects of pydantic, msgspec and utype, and of two of them within each other, as results.

LIBRARIES has, for each library that is installed, a function that makes some of a word and a number, and one that makes
some of a moment.
"""

import datetime
from typing import Any, Dict, List, Set


def of_pydantic():
    import pydantic
    from pydantic.dataclasses import dataclass

    @dataclass
    class Account:
        word: str
        secret: str = pydantic.Field(exclude=True)
        number: int = pydantic.Field(0, serialization_alias="the-number")

    class Base(pydantic.BaseModel):
        model_config = {"arbitrary_types_allowed": True, "ser_json_bytes": "base64", "ser_json_timedelta": "float"}

        word: str = pydantic.Field(alias="@word")
        secret: str = pydantic.Field("", exclude=True)

        @pydantic.computed_field
        @property
        def twice(self) -> str:
            return self.word * 2

    class Model(Base):
        number: int
        data: bytes = b""
        wait: datetime.timedelta = datetime.timedelta()
        account: Any = None

        @pydantic.field_serializer("number", when_used="json")
        def shown(self, number: int) -> str:
            return f"#{number}"

    class Dated(pydantic.BaseModel):
        day: datetime.date
        moments: List[datetime.datetime]
        own: datetime.datetime
        kept: Dict[datetime.datetime, Dict[datetime.date, int]]

        @pydantic.field_serializer("own")
        def written(self, own: datetime.datetime) -> str:
            return f"in {own.year}"

    @dataclass
    class Day:
        day: datetime.date
        secret: str = pydantic.Field("", exclude=True)

    def told(word, number):
        data = word.encode() + b"\xff"
        account = Account(word=word, secret=word, number=number)
        wait = datetime.timedelta(seconds=number)
        model = Model(**{"@word": word}, secret=word, number=number, data=data, wait=wait, account=account)
        return {"account": account, "model": model}

    def dated(moment):
        dates = Dated(day=moment.date(), moments=[moment], own=moment, kept={moment: {moment.date(): 0}})
        return {"model": dates, "list": [Day(day=moment.date(), secret="s")]}

    return told, dated


def of_msgspec():
    import msgspec

    class Tagged(msgspec.Struct, tag="a tag", rename="camel", omit_defaults=True):
        first_word: str
        second_number: int = 7
        third: msgspec.UnsetType = msgspec.UNSET

    class Listed(msgspec.Struct, tag=True, array_like=True):
        word: str
        data: bytes
        inner: List[Tagged]
        words: Set[str]
        anything: Any = None

    class Plain(msgspec.Struct, array_like=True):
        words: Set[str]
        word: str

    class Dated(msgspec.Struct, tag=True):
        day: datetime.date
        moments: List[datetime.datetime]
        kept: Dict[datetime.date, int]

    def told(word, number):
        tagged = Tagged(word, number)
        return {
            "tagged": tagged,
            "defaults": Tagged(word),
            "listed": Listed(word, word.encode(), [tagged], {word}, number),
            "plain": Plain({word}, word),
        }

    def dated(moment):
        return {"struct": Dated(moment.date(), [moment], {moment.date(): 0})}

    return told, dated


def of_utype():
    import utype

    class Schema(utype.Schema):
        word: str = utype.Field(alias="@word")
        secret: str = utype.Field(no_output=True)
        number: int = 0

    class Dated(utype.Schema):
        day: datetime.date
        moments: List[datetime.datetime]
        kept: Dict[datetime.date, int]

    def told(word, number):
        return {"schema": Schema(**{"@word": word}, secret=word, number=number)}

    def dated(moment):
        return {"schema": Dated(day=moment.date(), moments=[moment], kept={moment.date(): 0})}

    return told, dated


def of_both():
    import msgspec
    import pydantic

    class Tagged(msgspec.Struct, tag="a tag"):
        word: str

    class Model(pydantic.BaseModel):
        model_config = {"arbitrary_types_allowed": True}

        tagged: Tagged
        secret: str = pydantic.Field("", exclude=True)

    class Outer(msgspec.Struct, tag="outer"):
        model: Any

    def told(word, number):
        model = Model(tagged=Tagged(word), secret=word)
        return {"struct in a model": model, "model in a struct": Outer(model)}

    return told, None


LIBRARIES = {}
for name, make in (("pydantic", of_pydantic), ("msgspec", of_msgspec), ("utype", of_utype), ("both", of_both)):
    try:
        LIBRARIES[name] = make()
    except ImportError:
        continue
