"""Declarations that cannot be served are refused when the service compiles, by an error that names them."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import enum
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, get_origin

import msgspec
import pydantic
import pytest
import typing_extensions

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


def refusal(root: type[api.API], *, asynchronous: bool = True) -> str:
    with pytest.raises(DeclarationError) as refused:
        compile_routes(endpoints(root), options=PlanOptions(asynchronous=asynchronous))
    return str(refused.value).replace("<locals>.", "")


class Colour(enum.Enum):
    RED = "red"


class Point(typing_extensions.TypedDict):
    x: int


class Loop(api.API):
    loop: Loop


class Unresolved(api.API):
    user: NoSuchAPI  # type: ignore[name-defined]  # noqa: F821


def test_two_endpoints_with_one_method_and_path_are_named() -> None:
    class RootAPI(api.API):
        @api.get("a/{x}")
        def first(self, x: str) -> None: ...

        @api.get("a/{y}")
        def second(self, y: str) -> None: ...

    message = refusal(RootAPI)
    assert "RootAPI.first" in message
    assert "RootAPI.second" in message
    assert "GET /a/{y}" in message


def test_a_shorter_path_of_defaults_gives_way_to_one_that_is_declared() -> None:
    class RootAPI(api.API):
        @api.get("doc/{page}")
        def page(self, page: int = 1) -> None: ...

        @api.get
        def doc(self) -> None: ...

    table = compile_routes(endpoints(RootAPI))
    assert table.find(b"/doc", "GET")[0].label.endswith("RootAPI.doc")


def test_two_shorter_paths_of_defaults_that_are_one_are_named() -> None:
    class RootAPI(api.API):
        @api.get("doc/{page}")
        def page(self, page: int = request.PathParam("[0-9]+", default=1)) -> None: ...

        @api.get("doc/{name}")
        def name(self, name: str = "index") -> None: ...

    message = refusal(RootAPI)
    assert "RootAPI.page and" in message
    assert "RootAPI.name both answer GET where" in message


def test_an_async_endpoint_of_a_synchronous_service_is_refused_with_the_cure() -> None:
    class RootAPI(api.API):
        @api.get
        async def later(self) -> None: ...

    message = refusal(RootAPI, asynchronous=False)
    assert "RootAPI.later" in message
    assert "asynchronous=True" in message


def test_classes_that_mount_each_other_in_a_circle_are_refused() -> None:
    assert "Loop > Loop" in refusal(Loop)


def test_an_annotation_that_does_not_resolve_is_refused() -> None:
    message = refusal(Unresolved)
    assert "Unresolved" in message
    assert "NoSuchAPI" in message


def function_named(name: str, function: Any) -> type[api.API]:
    function.__name__ = name
    return type("RootAPI", (api.API,), {name: function})


def generator(self: Any) -> Iterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda self, *args: None, "'args'"),
        (lambda self, **kwargs: None, "'kwargs'"),
        (lambda self, a, /: None, "'a'"),
        (lambda: None, "takes no self"),
        (generator, "is a generator"),
        (lambda self, a=request.PathParam: None, "path parameter 'a' is not in its route template"),
        (lambda self, a=request.QueryParam(regex="("): None, "parameter 'a': its regex"),
        (lambda self, a=request.HeaderParam("X Y"): None, "parameter 'a': no header can be called 'X Y'"),
        (lambda self, a=request.HeaderParam("x_y"): None, "parameter 'a': servers drop headers with an underscore"),
        (lambda self, a=request.CookieParam("x;y"): None, "parameter 'a': no cookie can be called 'x;y'"),
        (lambda self, a=request.QueryParam(ge=1): None, "parameter 'a': ge=1 is no constraint for a parameter without"),
        (lambda self, a=request.BodyParam(regex="a"): None, "parameter 'a' has a regex, which judges texts"),
        (lambda self, a=request.Body, b=request.Body: None, "'b' takes the whole body"),
        (lambda self, a=request.Body, b=request.BodyParam: None, "'a' takes the whole body"),
    ],
)
def test_a_parameter_that_cannot_be_bound_is_named(function: Any, words: str) -> None:
    message = refusal(function_named("thing", api.get(function)))
    assert "thing" in message or "<lambda>" in message
    assert words in message


def test_a_type_that_cannot_be_validated_is_named() -> None:
    class Opaque: ...

    def thing(self: Any, a: Any) -> None: ...

    thing.__annotations__ = {"a": Opaque}
    message = refusal(function_named("thing", api.get(thing)))
    assert "parameter 'a'" in message


@pytest.mark.parametrize(
    ("annotation", "marker", "words"),
    [
        (str, request.QueryParam(ge=1), "ge=1 is no constraint for str"),
        (list[int], request.QueryParam(lt=1), "lt=1 is no constraint for list"),
        (int | None, request.QueryParam(min_length=1), "min_length=1 is no constraint for int"),
        (datetime.date, request.HeaderParam("X-Day", gt=2000), "gt=2000 is no constraint for date"),
        (Literal[1, 2], request.QueryParam(min_length=1), "min_length=1 is no constraint for int"),
        (Literal["a", "b"], request.QueryParam(ge=1), "ge=1 is no constraint for str"),
        (Colour, request.QueryParam(max_length=1), "max_length=1 is no constraint for Colour"),
        (NewType("Number", int), request.QueryParam(max_length=1), "max_length=1 is no constraint for int"),
        (object, request.QueryParam(ge=1), "ge=1 is no constraint for object"),
        (Point, request.QueryParam(ge={"x": 1}), "ge={'x': 1} is no constraint for Point"),
        (
            list[Annotated[int, pydantic.Field(max_length=3)]],
            request.QueryParam,
            "max_length=3 is no constraint for int",
        ),
        (list[Annotated[int, pydantic.Field(pattern="a")]], request.QueryParam, "pattern='a' is no constraint for int"),
    ],
)
def test_a_constraint_that_no_value_can_have_is_named(annotation: Any, marker: Any, words: str) -> None:
    def thing(self: Any, a: Any = marker) -> None: ...

    thing.__annotations__ = {"a": annotation}
    assert f"thing: parameter 'a': {words}" in refusal(function_named("thing", api.get(thing)))


class Pair(NamedTuple):
    x: int = 0


@dataclasses.dataclass
class Dated:
    x: datetime.date


class Held(pydantic.BaseModel):
    x: int = 0


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Annotated[tuple[int, ...], pydantic.Field(ge=1)], "ge=1 is no constraint for tuple"),
        (Annotated[collections.deque[int], pydantic.Field(ge=1)], "ge=1 is no constraint for deque"),
        (Annotated[collections.defaultdict[str, int], pydantic.Field(ge=1)], "ge=1 is no constraint for defaultdict"),
        (Annotated[Sequence[int], pydantic.Field(ge=1)], "ge=1 is no constraint for list"),
        (Annotated[Any, pydantic.Field(ge=1)], "ge=1 is no constraint for object"),
        (Annotated[Fraction, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Fraction"),
        (Annotated[Pair, pydantic.Field(ge=1)], "ge=1 is no constraint for Pair"),
        (Annotated[Dated, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Dated"),
        (Annotated[Held, pydantic.Field(ge=1)], "ge=1 is no constraint for Held"),
        (Annotated[IPv4Address, pydantic.Field(max_length=1)], "max_length=1 is no constraint for IPv4Address"),
        (Annotated[Path, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Path"),
        (Annotated[pydantic.AnyUrl, pydantic.Field(ge=1)], "ge=1 is no constraint for AnyUrl"),
        (Annotated[pydantic.AnyUrl, pydantic.Field(max_length=9)], ""),
        (Annotated[collections.defaultdict[str, int], pydantic.Field(max_length=9)], ""),
        (Annotated[str, pydantic.AfterValidator(int), pydantic.Field(ge=1)], ""),
        (Annotated[Any, pydantic.AfterValidator(int), pydantic.Field(ge=1)], ""),
        (Annotated[IPv4Address, pydantic.Field(ge=IPv4Address("127.0.0.1"))], ""),
    ],
    ids=str,
)
def test_a_constraint_that_no_member_can_have_is_named(annotation: Any, words: str) -> None:
    for whole in (list[annotation], dict[str, annotation], pydantic.create_model("Whole", member=(annotation, ...))):

        def thing(self: Any, a: Any = request.BodyParam) -> None: ...

        thing.__annotations__ = {"a": whole}
        root = function_named("thing", api.post(thing))
        if words:
            assert f"thing: parameter 'a': {words}" in refusal(root)
        else:
            compile_routes(endpoints(root), options=PlanOptions(asynchronous=True))


@pytest.mark.parametrize(
    ("template", "function", "words"),
    [
        ("{a}/{b}", lambda self, a=request.FilePathParam, b=request.PathParam: None, "{a} takes the rest of the path"),
        ("{a}/x", lambda self, a=request.FilePathParam: None, "{a} takes the rest of the path"),
        ("{a}/{b}", lambda self, a=request.FilePathParam, b=request.FilePathParam: None, "{a} takes the rest"),
        ("v{a}", lambda self, a=request.FilePathParam: None, "'v{a}' takes the rest of the path"),
        ("{a}", lambda self, a=request.PathParam("x/y"): None, "no segment of a path matches the regex of '{a}'"),
        ("{a}", lambda self, a=request.PathParam("x|(?:y/)+"): None, ""),
    ],
)
def test_a_template_that_nothing_can_reach_is_named(template: str, function: Any, words: str) -> None:
    root = function_named("thing", api.get(template)(function))
    if not words:
        compile_routes(endpoints(root))
        return
    message = refusal(root)
    assert "RootAPI.thing" in message
    assert words in message


class Inner(pydantic.BaseModel):
    number: int


class Outer(pydantic.BaseModel):
    inner: Inner = pydantic.Field(alias="@inner")
    others: list[Inner] = []


@dataclasses.dataclass
class OuterData:
    rows: list[list[int]]


class OuterKeys(typing_extensions.TypedDict):
    inner: dict[str, int]


class Written(pydantic.BaseModel):
    """What is made of a text all the same."""

    number: int

    @pydantic.model_validator(mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        return {"number": value} if isinstance(value, str) else value


class InnerStruct(msgspec.Struct):
    number: int


@pytest.mark.parametrize(
    ("annotation", "marker", "words"),
    [
        (Inner, request.QueryParam, "'value' is sent as a text, in the query"),
        (Inner | None, request.HeaderParam, "'value' is sent as a text, in the header"),
        (InnerStruct, request.CookieParam, "'value' is sent as a text, in the cookie"),
        (dict[str, int], request.QueryParam, "dict[str, int]"),
        (list[Inner], request.QueryParam, "'value' is sent as a text"),
        (list[list[int]], request.QueryParam, "'value' is sent as a text"),
        (tuple[int, dict[str, int]], request.QueryParam, "'value' is sent as a text"),
        (pydantic.RootModel[list[int]], request.QueryParam, "'value' is sent as a text"),
        (Callable[[int], int], request.QueryParam, "'value' is sent as a text"),
        (Outer, request.Query, "'value': its member '@inner' is sent as a text"),
        (OuterData, request.Form, "'value': its member 'rows' is sent as a text"),
        (OuterKeys, request.Headers, "'value': its member 'inner' is sent as a text"),
        (int, Annotated[int, request.QueryParam, request.HeaderParam], "'value' has two markers"),
    ],
)
def test_a_type_that_no_text_becomes_is_named(annotation: Any, marker: Any, words: str) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    if get_origin(marker):
        endpoint.__defaults__, endpoint.__annotations__["value"] = (), marker
    members = {"endpoint": (api.post if marker is request.Form else api.get)(endpoint)}
    message = refusal(type("RootAPI", (api.API,), members))
    assert "endpoint: parameter 'value'" in message
    assert words in message


@pytest.mark.parametrize(
    ("annotation", "marker"),
    [
        (Written, request.QueryParam),
        (Annotated[Inner, pydantic.BeforeValidator(lambda value: {"number": value})], request.HeaderParam),
        (pydantic.Json[Inner], request.CookieParam),
        (Inner | str, request.QueryParam),
        (pydantic.RootModel[int], request.QueryParam),
        (frozenset[bytes], request.CookieParam),
        (tuple[int, ...], request.QueryParam),
        (Any, request.QueryParam),
        (dict[str, list[int]], request.Query),
        (Inner, request.Query),
        (InnerStruct | None, request.Query),
    ],
)
def test_a_type_that_a_text_may_become_is_taken(annotation: Any, marker: Any) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    compile_routes(endpoints(type("RootAPI", (api.API,), {"endpoint": api.get(endpoint)})))


@pytest.mark.parametrize(
    ("annotation", "marker"),
    [
        (str, request.QueryParam(min_length=3, max_length=2)),
        (int, request.QueryParam(ge=3, le=2)),
        (int, request.QueryParam(gt=3, le=3)),
        (int, request.QueryParam(ge=3, lt=3)),
    ],
)
def test_bounds_that_no_value_keeps_are_named(annotation: Any, marker: Any) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    assert "parameter 'value': no value is both" in refusal(
        type("RootAPI", (api.API,), {"endpoint": api.get(endpoint)})
    )


def test_a_property_is_no_endpoint() -> None:
    class RootAPI(api.API):
        @property
        @api.get
        def own(self) -> None: ...

    assert "RootAPI.own is a property" in refusal(RootAPI)


def test_a_template_whose_annotations_do_not_resolve_is_named() -> None:
    class Strict(Response):
        result_key = "data"
        strict = True
        result: "Nowhere"  # type: ignore[name-defined]  # noqa: F821, UP037

    class RootAPI(api.API):
        def get(self) -> Strict:
            return Strict()

    RootAPI.get.__annotations__["return"] = Strict
    assert "Strict: its annotations do not resolve: name 'Nowhere'" in refusal(RootAPI)


def test_a_template_name_without_a_parameter_is_named() -> None:
    class RootAPI(api.API):
        @api.get("item/{id}")
        def item(self) -> None: ...

    assert "{id}" in refusal(RootAPI)


def test_a_parameter_of_the_route_that_says_it_is_sent_elsewhere_is_named() -> None:
    class RootAPI(api.API):
        @api.get("item/{id}")
        def item(self, id: int = request.QueryParam) -> None: ...

    assert "'id' is in the route template" in refusal(RootAPI)


def test_a_core_method_decorated_as_another_is_refused() -> None:
    class RootAPI(api.API):
        @api.get
        def post(self) -> None: ...

    assert "RootAPI.post" in refusal(RootAPI)


def test_decorators_refuse_what_is_no_function_at_once() -> None:
    with pytest.raises(TypeError, match=r"@api\.get"):
        api.get(staticmethod(len))
    with pytest.raises(TypeError, match=r"@api\.post"):
        api.post(api.API)
    with pytest.raises(TypeError, match=r"api\.route"):
        api.route("x")(int)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("colour", "red"),
        ("summary", 7),
        ("deprecated", "yes"),
        ("tags", "one"),
        ("tags", [1]),
        ("extension", []),
        ("timeout", True),
        ("timeout", 0),
        ("timeout", float("inf")),
    ],
)
def test_an_option_that_cannot_be_is_named_with_its_function(option: str, value: object) -> None:
    def listed(self: api.API) -> None: ...

    with pytest.raises((TypeError, ValueError), match=rf"listed.*{option}"):
        api.get("x", **{option: value})(listed)  # type: ignore[call-overload]


def test_tags_may_be_any_iterable_of_texts() -> None:
    def tagged(self: api.API) -> None: ...

    api.get(tags=(tag for tag in ("a", "b")))(tagged)
    assert tagged.__operation__.tags == ("a", "b")  # type: ignore[attr-defined]


def test_markers_refuse_what_contradicts_itself() -> None:
    with pytest.raises(TypeError, match="length"):
        request.QueryParam(length=1, max_length=2)
    with pytest.raises(TypeError, match="alias"):
        request.PathParam(alias="x")
    with pytest.raises(TypeError, match="alias"):
        request.Body(alias="x")
    with pytest.raises(TypeError, match=r"default=\.\.\."):
        request.QueryParam(0)  # type: ignore[arg-type]


def test_subclasses_inherit_endpoints_and_may_drop_them() -> None:
    class Base(api.API):
        @api.get
        def one(self) -> None: ...

        @api.get
        def two(self) -> None: ...

    class RootAPI(Base):
        two = None  # type: ignore[assignment]

        def get(self) -> None: ...

    assert [(e.operation.method, e.template) for e in endpoints(RootAPI)] == [("GET", "one"), ("GET", "")]


def test_routes_of_class_annotation_and_value_the_nearest_wins() -> None:
    from typing import Annotated

    @api.route("by-class")
    class Leaf(api.API):
        def get(self) -> None: ...

    RootAPI = type(
        "RootAPI",
        (api.API,),
        {
            "__annotations__": {
                "one": Leaf,
                "two": Annotated[Leaf, api.route("by-annotation")],
                "three": Annotated[Leaf, api.route("not-this")],
            },
            "three": api.route("by-value"),
        },
    )
    assert [endpoint.template for endpoint in endpoints(RootAPI)] == ["by-class", "by-annotation", "by-value"]
