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
