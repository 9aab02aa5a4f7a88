"""Declarations that would do nothing (API-11), beside those that the contract's checks try."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.core.routing.spelling import check_spelling
from utilmeta.core.server import validate_arguments
from utilmeta.utils.exceptions import DeclarationError


class Leaf(api.API):
    @api.get
    def leaf(self) -> str:
        return "leaf"


class Other(api.API):
    @api.get
    def other(self) -> str:
        return "other"


class StrictBase(Response):
    result_key = "data"
    strict = True


class Whole(StrictBase):
    result: str


class StrictRoot(api.API):
    @api.get
    def whole(self) -> Whole | None:
        return "x"  # type: ignore[return-value]


def made(**members: Any) -> type[api.API]:
    annotations = members.pop("annotations", {})
    return type(
        "Root",
        (api.API,),
        {"__module__": __name__, "__annotations__": annotations, "right": api.get(lambda self: ""), **members},
    )


def right(self: Any) -> str:
    return ""


@pytest.mark.parametrize("text", ["{id}", "a{id}b", "a:b", "$id", "a*b", "a[b]", "~user", "x.y", "ü", "100%", "%zz"])
def test_a_path_as_it_reads_is_taken(text: str) -> None:
    check_spelling(text, text, "here")


@pytest.mark.parametrize(
    "text", ["<id>", "<int: id>", "<regex('[a-z]{3}'):id>", ":id?", "{id=1}", "{ id }", "[...id]", "x<id>"]
)
def test_another_spelling_is_refused_with_the_name_in_braces(text: str) -> None:
    with pytest.raises(DeclarationError, match=r"write \{id\}"):
        check_spelling(text, text, "here")


@pytest.mark.parametrize("route", ["/api/<version>", "/:version", "/a%20b", "/^api"])
def test_so_is_it_in_a_root_route(route: str) -> None:
    with pytest.raises(ValueError, match="no plain path"):
        validate_arguments.route(route)


def parameter(default: Any, annotation: Any = None) -> Callable[..., Any]:
    def function(self: Any, number: Any = default) -> Any:
        return number

    function.__annotations__ = {} if annotation is None else {"number": annotation}
    return api.get(function)


@pytest.mark.parametrize(
    ("default", "annotation"),
    [(int, None), ({1}, list[int]), ([2, 1], set[str]), (object(), int), (float("nan"), int), ([], tuple[int, int])],
)
def test_a_default_that_is_not_of_its_type_is_refused(default: Any, annotation: Any) -> None:
    with pytest.raises(DeclarationError, match="parameter 'number'"):
        Client(made(culprit=parameter(default, annotation)))


@pytest.mark.parametrize(
    ("default", "annotation"),
    [(5, float), ({1}, frozenset[int]), ((1, 2), list[int]), (None, int), (float("nan"), float), (0, bool | None)],
)
def test_a_default_that_is_as_good_as_its_type_is_taken_as_it_is(default: Any, annotation: Any) -> None:
    assert Client(made(culprit=parameter(default, annotation))).get("/culprit").status == 200


def test_a_default_is_not_put_through_the_validators_of_its_type() -> None:
    import pydantic

    twice = Annotated[int, pydantic.AfterValidator(lambda number: number * 2)]
    assert Client(made(culprit=parameter(4, twice))).get("/culprit").text == "4"


def test_a_marker_of_fastapi_is_refused() -> None:
    fastapi = pytest.importorskip("fastapi")
    for default, annotation in ((fastapi.Depends(right), None), (3, Annotated[int, fastapi.Depends(right)])):
        with pytest.raises(DeclarationError, match="FastAPI"):
            Client(made(culprit=parameter(default, annotation)))


def test_a_class_may_keep_an_api_class_that_it_also_mounts() -> None:
    assert Client(made(annotations={"leaf": Leaf}, kept=Leaf)).get("/leaf/leaf").text == "leaf"
    with pytest.raises(DeclarationError, match=r"Root\.kept"):
        Client(made(annotations={"leaf": Leaf}, kept=Other))


def test_what_is_no_function_is_no_endpoint() -> None:
    with pytest.raises(TypeError, match="decorates a function"):
        api.get("x")(functools.partial(right, None))
    with pytest.raises(DeclarationError, match=r"Root\.get"):
        Client(made(get=functools.partial(right, None)))


def test_a_strict_base_says_nothing_until_it_is_used() -> None:
    assert Client(StrictRoot).get("/whole").json["data"] == "x"
    with pytest.raises(DeclarationError, match="strict is True or False"):
        type("Wrong", (StrictBase,), {"strict": 1})


def test_a_parameter_of_a_name_that_is_marked_or_annotated_is_taken() -> None:
    class Root(api.API):
        @api.get
        def sent(self, request: str = request.QueryParam("r"), response=request.HeaderParam("X-R")) -> str:  # type: ignore[no-untyped-def]
            return request + str(response)

    assert Client(Root).get("/sent?r=a", X_R="b").text == "ab"
