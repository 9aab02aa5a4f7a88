"""Generic API classes: what their TypeVars stand for, and where they are left open."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

import pydantic
import pytest
import typing_extensions
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.annotations.generic import arguments_of, specialized
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError

T = TypeVar("T")
U = TypeVar("U")
Defaulted = typing_extensions.TypeVar("Defaulted", default=int)
JSON = {"content-type": "application/json"}


@dataclass
class Item:
    number: int


class Page(pydantic.BaseModel, Generic[T]):
    items: list[T]


class Wrapped(Response, Generic[T]):
    result_key = "data"
    result: T
    strict = True


class CrudAPI(api.API, Generic[T, U]):
    @api.post
    def create(self, item: T = request.Body) -> str:
        return repr(item)

    @api.post
    def page(self, page: Page[T] = request.Body) -> str:
        return repr(page.items)

    @api.get
    def noted(self, size: Annotated[U, request.QueryParam(ge=1)]) -> str:  # type: ignore[valid-type]
        return repr(size)

    @api.get
    def wrapped(self, wrong: bool = False) -> Wrapped[U]:
        return "wrong" if wrong else 5  # type: ignore[return-value]


class PairsAPI(CrudAPI[tuple[T, T], int], Generic[T]):
    pass


class RootAPI(api.API):
    items: CrudAPI[Item, int]
    same: CrudAPI[Item, int] = api.route("again")
    pairs: PairsAPI[int]


def test_it_is_resolved_to_any_depth() -> None:
    client = Client(RootAPI)
    for path in ("items", "again"):
        assert client("POST", f"/{path}/create", JSON, b'{"number": 1}').text == "Item(number=1)"
        assert client("POST", f"/{path}/page", JSON, b'{"items": [{"number": 1}]}').text == "[Item(number=1)]"
    assert client("POST", "/pairs/create", JSON, b"[1, 2]").text == "(1, 2)"
    assert client("POST", "/pairs/create", JSON, b"[1]").status == 400
    assert client.get("/pairs/noted?size=2").text == "2"
    assert client.get("/pairs/noted?size=0").status == 400


def test_a_generic_template_checks_its_results() -> None:
    client = Client(RootAPI, production=True)
    assert client.get("/items/wrapped").json == {"data": 5}
    assert client.get("/items/wrapped?wrong=1").status == 500


def test_a_class_in_brackets_is_one_class() -> None:
    first, second = CrudAPI[Item, int], CrudAPI[Item, int]
    assert specialized(first) is specialized(second)
    assert specialized(first).__qualname__ == "CrudAPI[Item, int]"
    assert arguments_of(specialized(first))[CrudAPI] == {T: Item, U: int}


def test_a_route_of_the_class_is_that_of_a_class_in_brackets() -> None:
    @api.route("named")
    class NamedAPI(api.API, Generic[T]):
        @api.get
        def one(self, value: T) -> Any:
            return value

    class HolderAPI(api.API):
        held: NamedAPI[int]

    HolderAPI.__annotations__["held"] = NamedAPI[int]
    assert Client(HolderAPI).get("/named/one?value=07").json == 7


def test_a_typevar_with_a_default_stands_for_it() -> None:
    class DefaultedAPI(api.API, Generic[Defaulted]):
        @api.get
        def one(self, value: Defaulted) -> Any:
            return value

    class PlainAPI(DefaultedAPI):  # type: ignore[type-arg]
        pass

    assert Client(PlainAPI).get("/one?value=07").json == 7
    assert Client(DefaultedAPI).get("/one?value=07").json == 7
    assert Client(specialized(DefaultedAPI[str])).get("/one?value=07").text == "07"


def test_the_first_base_that_says_it_counts() -> None:
    class IntAPI(CrudAPI[int, int]):
        pass

    class BothAPI(IntAPI, CrudAPI):  # type: ignore[type-arg]
        pass

    assert arguments_of(BothAPI)[CrudAPI] == {T: int, U: int}


def test_a_plain_attribute_may_be_of_a_typevar() -> None:
    class CachedAPI(api.API, Generic[T]):
        cached: T
        kept: list[T]

        @api.get
        def one(self) -> str:
            return "one"

    assert Client(CachedAPI).get("/one").text == "one"


class HoldingAPI(api.API, Generic[T]):
    held: CrudAPI[T, int]


class Model(pydantic.BaseModel):
    pass


class Sized(Protocol):
    size: int


Bound = TypeVar("Bound", bound=Model)
OfProtocol = TypeVar("OfProtocol", bound=Sized)


class BoundAPI(api.API, Generic[Bound]):
    pass


class ProtocolAPI(api.API, Generic[OfProtocol]):
    @api.get
    def one(self) -> str:
        return "one"


@pytest.mark.parametrize(
    ("root", "said"),
    [
        (CrudAPI, r"CrudAPI\.create: parameter 'item' has a type with the TypeVar ~T"),
        (HoldingAPI, r"HoldingAPI\.held has a type with the TypeVar ~T"),
        (PairsAPI, r"PairsAPI\.create: parameter 'item' has a type with the TypeVar ~T"),
        (specialized(BoundAPI[Item]), r"BoundAPI\[Item\], by its base BoundAPI: .*Item.* ~Bound .* bound to .*Model"),
    ],
)
def test_what_is_left_open_or_not_allowed_is_refused(root: Any, said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        compile_routes(endpoints(root))


def test_a_bound_that_no_class_is_asked_for_is_not() -> None:
    assert Client(specialized(ProtocolAPI[Item])).get("/one").text == "one"


def test_a_result_left_open_is_refused_where_it_is_checked() -> None:
    class OpenAPI(api.API, Generic[T]):
        @api.get
        def one(self) -> T:
            return 1  # type: ignore[return-value]

    compile_routes(endpoints(OpenAPI))
    with pytest.raises(DeclarationError, match=re.escape("OpenAPI.one: its result has a type with the TypeVar ~T")):
        compile_routes(endpoints(OpenAPI), options=PlanOptions(strict_response=True))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is of Python 3.12")
@pytest.mark.parametrize("late", ["", "from __future__ import annotations\n"])
def test_the_syntax_of_python_3_12_is_taken(late: str) -> None:
    space: dict[str, Any] = {"__name__": __name__}
    source = """
class GenericAPI[V](api.API):
    shared: V = request.HeaderParam("X-Shared", default=None)

    @api.get
    def one(self, value: list[V]):
        return [value, self.shared]

class IntAPI(GenericAPI[int]):
    pass
"""
    exec(f"{late}from utilmeta.core import api, request\n{source}", space)
    assert Client(space["IntAPI"]).get("/one?value=07", X_Shared="08").json == [[7], 8]
