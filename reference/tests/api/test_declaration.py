"""Declarations that cannot be served are refused when the service compiles, by an error that names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from declared import function_named, refusal

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.response import Response


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
