"""Headers of a Response as a mapping, and their check by strict templates."""

from __future__ import annotations

from typing import Any

import pydantic
import pytest
from fake import Client

from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


def test_headers_are_found_set_and_deleted_by_a_name_in_any_case() -> None:
    response = Response(headers=[("X-One", "1"), ("Link", "a"), ("link", "b")])
    headers = response.headers
    assert (headers["x-one"], headers["LINK"], headers.get("x-none"), len(headers)) == ("1", "a", None, 2)
    assert (headers.getlist("Link"), "X-ONE" in headers, 1 in headers) == (["a", "b"], True, False)
    assert [name.lower() for name in headers] == ["x-one", "link"]
    headers["LINK"] = "c"
    headers["x-TWO"] = 0
    headers.add("X-Two", 1.5)
    del headers["x-one"]
    assert response.fields == [("LINK", "c"), ("x-TWO", "0"), ("X-Two", "1.5")]
    with pytest.raises(KeyError):
        del headers["x-one"]
    with pytest.raises(KeyError):
        headers["x-one"]
    assert "LINK" in repr(headers)


@pytest.mark.parametrize("value", ["a\r\nb", "\0", "\N{SNOWMAN}", True, None, b"a", ["a"]])
def test_a_header_that_cannot_be_sent_is_refused_at_once_and_nothing_changes(value: Any) -> None:
    response = Response(headers={"X-One": "1"})
    for change in (
        lambda: response.headers.__setitem__("X-One", value),
        lambda: response.headers.add("X-One", value),
        lambda: setattr(response, "headers", {"X-One": value}),
    ):
        with pytest.raises((TypeError, ValueError), match="X-One"):
            change()
    assert response.fields == [("X-One", "1")]


@pytest.mark.parametrize("value", [5, "X-One: 1", b"ab", ["ab"], [5], [("X-One",)], [("X-One", "1", "2")], True, None])
def test_headers_that_are_neither_a_mapping_nor_pairs_are_refused_at_once(value: Any) -> None:
    response = Response(headers={"X-One": "1"})
    with pytest.raises(TypeError, match="headers is a mapping of names to texts or numbers, or pairs of these"):
        response.headers = value
    assert response.fields == [("X-One", "1")]
    if value is not None:
        with pytest.raises(TypeError, match="headers is a mapping"):
            Response(headers=value)


@pytest.mark.parametrize("name", ["Location", "content-type", "ETag"])
def test_a_second_header_of_one_value_is_refused_at_once_and_nothing_changes(name: str) -> None:
    response = Response(headers={name: "/a"})
    for change in (
        lambda: response.headers.add(name.upper(), "/b"),
        lambda: setattr(response, "headers", [(name, "/b"), (name.upper(), "/c")]),
    ):
        with pytest.raises(ValueError, match=f"(?i)the header {name} is there twice"):
            change()
    assert response.fields == [(name, "/a")]
    response.headers[name.upper()] = "/b"
    assert response.fields == [(name.upper(), "/b")]


@pytest.mark.parametrize("given", [{"content_type": "a/b"}, {"headers": {"content-TYPE": "a/b"}}])
def test_content_type_is_a_header_like_any_other(given: Any) -> None:
    response = Response("text", **given)
    headers = response.headers
    for _ in range(2):  # the second time after it was checked
        assert (headers["content-type"], response.content_type, len(headers)) == ("a/b", "a/b", 1)
        assert response.check()[1:] == ("a/b", [])
    headers["Content-Type"] = "c/d"
    assert (response.content_type, response.check()[1:]) == ("c/d", ("c/d", []))
    response.content_type = "e/f"
    assert (headers["Content-Type"], response.check()[1]) == ("e/f", "e/f")
    del headers["content-type"]
    assert (response.content_type, response.check()[1]) == (None, None)
    response.headers = {"Content-Type": "g/h"}
    response.content_type = None
    assert dict(headers) == {}
    response.content_type = "text/g"
    with pytest.raises(ValueError, match="content_type"):
        response.content_type = "a\r\nb"
    with pytest.raises(TypeError, match="content_type"):
        response.content_type = 0  # type: ignore[assignment]
    assert response.check()[1] == response.headers["Content-Type"] == "text/g"
    response.content_type = " "
    assert (response.content_type, response.fields) == (None, Response("text", content_type=" ").fields)
    with pytest.raises(TypeError, match="content_type"):
        Response("text", content_type=0)  # type: ignore[arg-type]


class Typed(Response):
    headers = {"Content-Type": "text/of-template"}


class TypedAPI(api.API):
    @api.get
    def given(self) -> Response:
        return Response("text", content_type="text/first")

    @api.get
    def templated(self) -> Typed:
        return "text"  # type: ignore[return-value]

    @api.get
    @api.CORS(allow_origin="*")
    def crossed(self) -> Response:
        return Response("text", content_type="text/first")

    @api.after("*")
    def first(self, response: Response) -> None:
        response.headers["X-First"] = response.headers["content-type"]
        response.headers["Content-Type"] = "text/second"

    @api.after("*")
    def second(self, response: Response) -> None:
        response.headers["X-Second"] = response.headers["content-type"]


def test_a_second_hook_finds_the_content_type_that_the_first_one_set() -> None:
    client = Client(TypedAPI)
    for path, first in (("given", "text/first"), ("templated", "text/of-template"), ("crossed", "text/first")):
        answer = client("GET", f"/{path}", {"origin": "https://a.example"})
        found = [answer.headers[name] for name in ("X-First", "X-Second", "Content-Type")]
        assert found == [first, "text/second", "text/second"], path


def test_headers_of_a_response_are_given_to_another_with_what_repeats() -> None:
    first = Response(headers=[("Link", "a"), ("Link", "b")])
    assert Response(headers=first.headers).fields == first.fields
    second = Response()
    second.headers = first.headers
    assert second.fields == first.fields


class Given(Response):
    headers = {"X-Given": 7}


def test_headers_of_a_template_are_no_attribute_of_its_responses() -> None:
    response = Given(headers={"X-Own": "1"})
    assert response.fields == [("X-Given", "7"), ("X-Own", "1")]
    response.headers["x-given"] = 8
    assert response.check()[2] == [("x-given", "8"), ("X-Own", "1")]
    assert Given().fields == [("X-Given", "7")]


class Sizes(pydantic.BaseModel):
    x_size: int
    kind: str = pydantic.Field("", alias="X-Kind")


class Sized(Response):
    strict = True
    headers: Sizes


class SizedAPI(api.API):
    @api.get
    def built(self, size: str) -> Sized:
        return Sized("built", headers={"X-SIZE": size})

    @api.get
    def plain(self) -> Sized:
        return "plain"  # type: ignore[return-value]


def test_a_strict_template_converts_headers_as_those_of_a_request() -> None:
    client = Client(SizedAPI)
    assert (client.get("/built?size=7").text, client.get("/built?size=7").headers["X-SIZE"]) == ("built", "7")
    refused = client.get("/built?size=seven")
    assert (refused.status, refused.json["detail"].count("SizedAPI.built"), refused.json["detail"].count("x-size")) == (
        500,
        1,
        1,
    )
    assert client.get("/plain").status == 500


def test_headers_that_are_annotated_with_no_mapping_are_refused() -> None:
    class Numbered(Response):
        strict = True
        headers: int  # type: ignore[assignment]

    class RootAPI(api.API):
        @api.get
        def one(self) -> Numbered:
            return Numbered("one")

    RootAPI.one.__annotations__["return"] = Numbered
    with pytest.raises(DeclarationError, match=r"Numbered\.headers"):
        Client(RootAPI)
