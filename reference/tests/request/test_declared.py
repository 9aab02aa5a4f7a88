"""What parameters are declared with: defaults, fields of pydantic, Literals and Enums, unions; and what is refused."""

from __future__ import annotations

import dataclasses
import enum
import json
import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, Union
from uuid import UUID

import msgspec
import pydantic
import pytest
import utype
from fake import Answer, Client

from utilmeta.core import api, request
from utilmeta.core.request.schemas.adapter import Adapter, compile_adapter
from utilmeta.core.request.schemas.default_copy import fresh
from utilmeta.core.request.schemas.error_location import faults_of
from utilmeta.core.request.schemas.validation_error import MISSING
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.utils.exceptions import DeclarationError

JSON = {"content-type": "application/json"}


def faults(adapter: Adapter, value: Any) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(pydantic.ValidationError) as refused:
        adapter.validate_python(value)
    found = faults_of(refused.value)
    assert len(dict(found)) == len(found)
    return dict(found)


# --- defaults ---


class Plain:
    def __init__(self) -> None:
        self.words: list[str] = []


@dataclasses.dataclass(frozen=True)
class Frozen:
    words: list[str] = dataclasses.field(default_factory=list)


PLAIN = Plain()


class Page(pydantic.BaseModel):
    plain: Any = PLAIN
    words: list[str] = []


@pytest.mark.parametrize(
    "default",
    [UNSET, 0, "", None, False, (), b"", (1, ("a", None)), Path("/a"), object(), frozenset({1}), int, len, enum.Enum],
)
def test_what_cannot_change_is_one_object(default: Any) -> None:
    assert fresh(default, "here") is default


@pytest.mark.parametrize("default", [[], {}, set(), PLAIN, Page(), Frozen(), (1, []), ([Plain()],)])
def test_what_can_change_is_copied(default: Any) -> None:
    made = fresh(default, "here")
    assert isinstance(made, DefaultFactory)
    first, second = made.make(), made.make()
    assert first is not second
    assert first is not default
    assert type(first) is type(default)


def test_what_makes_a_default_stays() -> None:
    made = DefaultFactory(list)
    assert fresh(made, "here") is made


@pytest.mark.parametrize("default", [threading.Lock(), [threading.Lock()], (1, {"a": threading.Lock()})])
def test_what_cannot_be_copied_is_refused(default: Any) -> None:
    with pytest.raises(DeclarationError, match=r"^here has a default that cannot be copied"):
        fresh(default, "here")


def test_a_member_has_a_default_of_its_own() -> None:
    adapter = compile_adapter(list[Page], "here")
    first, second = adapter.validate_python([{}, {}])
    assert first.plain is not second.plain
    assert first.words is not second.words


class Struct(msgspec.Struct):
    plain: Any = PLAIN


class Outer(msgspec.Struct):
    inner: list[Struct] = msgspec.field(default_factory=list)
    itself: Outer | None = None


class FrozenStruct(msgspec.Struct, frozen=True):
    size: int = 1


class Good(msgspec.Struct):
    inner: FrozenStruct = FrozenStruct()
    words: list[str] = []


class Schema(utype.Schema):
    plain: list[Any] = [PLAIN]


class Locked(utype.Schema):
    lock: Any = threading.Lock()


class GoodSchema(utype.Schema):
    inner: list[dict[str, int]] = [{"a": 1}]


@pytest.mark.parametrize("kind", [Struct, Outer, Schema, Locked])
def test_other_libraries_share_no_default(kind: Any) -> None:
    with pytest.raises(DeclarationError, match="is one object for all"):
        compile_adapter(kind, "here")


@pytest.mark.parametrize("kind", [Good, GoodSchema])
def test_what_they_copy_is_taken(kind: Any) -> None:
    compile_adapter(kind, "here")


# --- members ---


class Size(enum.Enum):
    SMALL = 10
    NONE = 0
    HALF = 0.5
    PAIR = (1, 2)
    TEXT = "10.5"
    NOTHING = None


class Missing(enum.Enum):
    ONE = (1,)

    @classmethod
    def _missing_(cls, value: object) -> Missing | None:
        return cls.ONE if value == "one" else None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Size, "10", Size.SMALL),
        (Size, "+010", Size.SMALL),
        (Size, "-0", Size.NONE),
        (Size, ".5", Size.HALF),
        (Size, "10.5", Size.TEXT),
        (Literal["1", 1], "1", "1"),
        (Literal["1", 1], "01", 1),
        (Literal[True, 1], "1", True),
        (Literal[1, True], "1", 1),
        (Literal[False], "off", False),
        (Literal[b"ab"], "ab", b"ab"),
        (Literal[Size.SMALL, Size.TEXT], "10", Size.SMALL),
        (Literal[Size.SMALL, Size.TEXT], "10.5", Size.TEXT),
        (Missing, "one", Missing.ONE),
        (Literal[10] | None, "10", 10),
        (Literal[10] | UUID, "10", 10),
        (list[Literal[10]], ["10", "10"], [10, 10]),
        (dict[Literal[10], Size], {"10": "10"}, {10: Size.SMALL}),
        (dict[Size, dict[Size, int]], {"0": {"10": "7"}}, {Size.NONE: {Size.SMALL: 7}}),
    ],
    ids=repr,
)
def test_a_text_becomes_a_member(kind: Any, text: Any, value: Any) -> None:
    found = compile_adapter(kind, "here").texts.validate_python(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"), [(Size, "1e1"), (Size, "SMALL"), (Size, "None"), (Literal[10], "11"), (Missing, "two")], ids=repr
)
def test_another_text_does_not(kind: Any, text: str) -> None:
    assert list(faults(compile_adapter(kind, "here").texts, text)) == [()]


def test_where_no_text_is_converted_there_is_one_adapter() -> None:
    for kind in (int, Literal["a", "b"], Page, Literal[None]):
        adapter = compile_adapter(kind, "here")
        assert adapter.texts is adapter


def test_in_json_only_keys_are_texts() -> None:
    adapter = compile_adapter(dict[Size, list[Size]], "here")
    assert adapter.validate_json('{"10": [0]}') == {Size.SMALL: [Size.NONE]}
    assert list(faults(adapter, {"10": ["0"]})) == [("10", 0)]


class Cat(pydantic.BaseModel):
    kind: Literal[1]
    lives: int


class Dog(pydantic.BaseModel):
    kind: Literal[2]
    bones: int


Pet = Annotated[Union[Cat, Dog], pydantic.Field(discriminator="kind")]  # noqa: UP007


def test_a_tag_is_a_member_too() -> None:
    adapter = compile_adapter(Pet, "here")
    assert adapter.texts.validate_python({"kind": "2", "bones": "3"}) == Dog(kind=2, bones=3)
    assert list(faults(adapter.texts, {"kind": "1", "lives": "x"})) == [("lives",)]
    assert list(faults(adapter, {"kind": 1, "lives": "x"})) == [("lives",)]
    assert list(faults(adapter, {"kind": "1", "lives": 1})) == [()]


class Sized(utype.Schema):
    size: Size = Size.SMALL
    sizes: list[Size] = utype.Field(alias="@sizes", default_factory=list)
    word: str = ""


def test_texts_are_members_in_a_schema_of_utype() -> None:
    texts = compile_adapter(Sized, "here").texts
    made = texts.validate_python({"size": "+10", "@sizes": ["0", "10"], "word": "10", "other": "10"})
    assert (made.size, made.sizes, made.word) == (Size.SMALL, [Size.NONE, Size.SMALL], "10")
    assert list(faults(texts, {"size": "11"})) == [("size",)]
    assert list(faults(texts, "10")) == [()]


# --- names ---


class Card(pydantic.BaseModel):
    number: int
    holder: str


class Bank(pydantic.BaseModel):
    iban: int


@pytest.mark.parametrize(
    ("kind", "value", "names"),
    [
        (int | UUID, "x", [()]),
        (Card | Bank, {"number": "x", "holder": "y"}, [("number",)]),
        (Card | Bank, {"iban": "x"}, [("iban",)]),
        (Card | Bank, {"number": 1}, [("holder",)]),
        (Card | Bank, {}, [("iban",)]),
        (Card | Bank, 5, [()]),
        (Card | int, {"number": "x", "holder": "y"}, [("number",)]),
        (list[Card | Bank | int], [{"iban": "x"}, "y", 3], [(0, "iban"), (1,)]),
        (int | list[int | UUID], [1, "x"], [(1,)]),
        (dict[int, int | UUID], {"x": "y", "[key]": 1, "3": "z"}, [("x",), ("[key]",), ("3",)]),
        (dict[str, dict[str, int]], {"[key]": {"[key]": "x"}}, [("[key]", "[key]")]),
        (Pet | int, {"kind": 1, "lives": "x"}, [("lives",)]),
        (list[Pet], [{"kind": 3}], [(0,)]),
    ],
    ids=repr,
)
def test_names_are_those_that_were_sent(kind: Any, value: Any, names: list[Any]) -> None:
    assert list(faults(compile_adapter(kind, "here"), value)) == names


def test_what_is_of_no_kind_is_told_with_all_reasons() -> None:
    (reason,) = faults(compile_adapter(int | UUID | Card, "here"), "x").values()
    assert re.fullmatch(r".*integer.*; or: .*UUID.*; or: .*Card", reason)
    assert faults(compile_adapter(Card, "here"), {}) == {("number",): MISSING, ("holder",): MISSING}


def test_many_wrong_values_of_several_types_are_counted_once() -> None:
    class ManyAPI(api.API):
        @api.post
        def many(self, values: list[int | UUID] = request.BodyParam()) -> int:
            return len(values)

    for count, told in ((900, 900), (1001, 1)):
        body = json.dumps({"values": ["x"] * count}).encode()
        assert len(Client(ManyAPI, limit=10_000)("POST", "/many", JSON, body).json["errors"]) == told


# --- types that raise ---


def raising(value: int) -> int:
    raise OSError(value)


def test_what_the_authors_validator_raises_is_the_services_fault() -> None:
    adapter = compile_adapter(Annotated[int, pydantic.AfterValidator(raising)], "here")
    with pytest.raises(OSError, match="5"):
        adapter.validate_python(5)


@pytest.mark.parametrize("kind", [pydantic.NewPath, pydantic.FilePath, pydantic.DirectoryPath, list[pydantic.FilePath]])
def test_a_path_that_is_too_long_is_wrong(kind: Any) -> None:
    adapter = compile_adapter(kind, "here")
    value = ["a" * 5000] if "list" in repr(kind) else "a" * 5000
    assert list(faults(adapter, value)) == [(0,) if isinstance(value, list) else ()]


def test_an_iterable_is_looked_at_at_once() -> None:
    adapter = compile_adapter(Iterable[int | UUID], "here")
    assert list(adapter.validate_json("[1, 2]")) == [1, 2]
    assert list(faults(adapter, [1, "x"])) == [(1,)]


# --- the status of what does not bind ---


class Seen(pydantic.BaseModel):
    number: int


class BoundAPI(api.API):
    shared: int = request.HeaderParam("X-Shared", default=0)

    @api.get
    def single(self, number: int) -> int:
        return number

    @api.get
    def whole(self, seen: Seen = request.Query) -> int:
        return seen.number

    @api.post
    def body(self, seen: Seen = request.Body) -> int:
        return seen.number

    @api.post
    def form(self, seen: Seen = request.Form) -> int:
        return seen.number

    @api.put
    def fields(self, number: int = request.BodyParam()) -> int:
        return number

    @api.post
    def undeclared(self) -> Any:
        return self.request.data

    @api.get
    def by_hand(self) -> int:
        return BoundAPI(self.request).shared


class HookedAPI(BoundAPI):
    @api.before("single")
    def needs(self, seen: int = request.CookieParam()) -> None:
        assert seen


def refusals() -> list[Answer]:
    bound, hooked = Client(BoundAPI, limit=100_000), Client(HookedAPI)
    boundary = {"content-type": "multipart/form-data; boundary=b"}
    file = b'--b\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\nx\r\n--b--\r\n'
    large = json.dumps({"number": "x" * 70_000}).encode()
    return [
        bound("GET", "/single?number=x"),
        bound("GET", "/whole?number=x"),
        bound("POST", "/body", JSON, b"{}"),
        bound("POST", "/body", JSON, large),
        bound("POST", "/form", boundary, file),
        bound("PUT", "/fields", JSON, b"5"),
        bound("PUT", "/fields", JSON, large),
        bound("POST", "/undeclared", boundary, file),
        bound("GET", "/single?number=1", {"x-shared": "x"}),
        bound("GET", "/by_hand", {"x-shared": "x"}),
        hooked("GET", "/single?number=1"),
    ]


def test_wherever_parameters_do_not_fit_the_answer_is_a_400_with_a_list() -> None:
    answers = refusals()
    assert {answer.status for answer in answers} == {400}
    assert all(answer.json["errors"] for answer in answers)
    assert all(answer.json["detail"].startswith(answer.json["errors"][0]["in"]) for answer in answers)


def test_a_form_keeps_the_bounds_of_its_marker() -> None:
    class FormAPI(api.API):
        @api.post
        def form(self, fields: dict[str, str] = request.Form(min_length=2)) -> int:
            return len(fields)

    client = Client(FormAPI)
    assert client.post("/form", b"a=1&b=2", "application/x-www-form-urlencoded").json == 2
    assert client.post("/form", b"a=1", "application/x-www-form-urlencoded").status == 400
