"""Requests that declared functions send: URL, query, headers, cookies and body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Optional
from uuid import UUID

import msgspec
import pydantic
import pytest
import utype
from peer import Peer
from style import Style

from utilmeta.core import api, request
from utilmeta.core.cli import ArgumentError, Client
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


class Color(Enum):
    RED = "red"


class Model(pydantic.BaseModel):
    size: int
    kind: str = pydantic.Field("a", alias="Kind")
    colors: list[Color] = []
    left: str | None = None


@dataclass
class Point:
    x: int
    y: int = 0


class Struct(msgspec.Struct):
    x: int
    name: str = msgspec.field(name="Name", default="n")


class Schema(utype.Schema):
    x: int
    name: str = utype.Field(alias="Name", default="n")


class Sends:
    @api.get("item/{id}/part-{part}")
    def templated(self, id: int, part: str) -> Response: ...

    @api.get
    def named(self, word: str = "x", size: Optional[int] = None) -> Response: ...  # noqa: UP045

    @api.get("files/{path}")
    def file(self, path: str = request.FilePathParam) -> Response: ...

    @api.get("page/{number}")
    def page(self, number: int = request.PathParam(default=None)) -> Response: ...

    @api.get("{number}")
    def bare(self, number: int = request.PathParam(default=None)) -> Response: ...

    @api.get("code/{code}")
    def code(self, code: str = request.PathParam("[a-z]+")) -> Response: ...

    @api.get
    def typed(
        self,
        color: Color | None = None,
        at: datetime | None = None,
        amount: Decimal | None = None,
        uid: UUID | None = None,
        on: bool | None = None,
        sizes: list[int] | None = None,
        anything: Any = None,
    ) -> Response: ...

    @api.get
    def headed(
        self,
        x_token: str = request.HeaderParam(default=None),
        count: Annotated[int, request.HeaderParam("X-Count")] = 0,
        options: dict = request.HeaderParam("X-Options", default=None),
        theme: str = request.CookieParam("Theme", default=None),
    ) -> Response: ...

    @api.get
    def whole(
        self, query: Model = request.Query, headers: Model = request.Headers, cookies: Point = request.Cookies
    ) -> Response: ...

    @api.post
    def fields(self, x: int = request.BodyParam, name: str = request.BodyParam("Name", default=None)) -> Response: ...

    @api.post
    def model(self, data: Model = request.Body) -> Response: ...

    @api.post
    def point(self, data: Point = request.Body) -> Response: ...

    @api.post
    def struct(self, data: Struct = request.Body) -> Response: ...

    @api.post
    def schema(self, data: Schema = request.Body) -> Response: ...

    @api.post
    def form(self, data: Model = request.Form) -> Response: ...

    @api.post
    def said(self, data: str = request.Body(content_type="text/csv")) -> Response: ...

    @api.post
    def octets(self, data: bytes = request.Body) -> Response: ...

    @api.post
    def many(self, data: list[Model] = request.Body, _dry: bool = False) -> Response: ...

    @api.post
    def optional(self, data: Optional[Point] = request.Body(default=None)) -> Response: ...  # noqa: UP045


@pytest.fixture
def sends(peer: Peer) -> Any:
    """A client of the default library."""
    cls = Style("urllib").declare(Sends)
    return cls(f"{peer.url}/api")


def test_every_style_sends_method_path_query_headers_cookies_and_body(style: Style, peer: Peer) -> None:
    client = style.client(Sends, f"{peer.url}/api")
    style.call(client.templated, 7, part="a b/ü?#%")
    assert peer.last.target == "/api/item/7/part-a%20b%2F%C3%BC%3F%23%25"
    style.call(client.typed, color=Color.RED, sizes=[1, 2], on=False)
    assert peer.last.target == "/api/typed?color=red&on=false&sizes=1&sizes=2"
    style.call(client.headed, x_token="t", theme="dark")
    assert (peer.last.header("x-token"), peer.last.header("x-count")) == ("t", "0")
    assert peer.last.header("cookie") == "Theme=dark"
    assert peer.last.header("host") == f"127.0.0.1:{peer.port}"
    style.call(client.fields, x=0, name="")
    assert (peer.last.method, peer.last.json) == ("POST", {"x": 0, "Name": ""})
    assert peer.last.header("content-type") == "application/json"
    assert peer.last.header("content-length") == str(len(peer.last.body))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_built_in_functions_send_each_method(style: Style, peer: Peer, method: str) -> None:
    client = style.client(base_url=peer.url)
    name = f"async_{method.lower()}" if style.awaits else method.lower()
    found = style.call(getattr(client, name), "any", query={"a": [1, "x y"], "no": None})
    assert (found.status, peer.asked) == (200, [f"{method} /any?a=1&a=x+y"])
    body = style.call(getattr(client, name), "any", data={"a": 1})
    assert (body.status, peer.last.body) == (200, b'{"a":1}')
    length = peer.received[0].header("content-length")
    assert length == "0" if method in ("POST", "PUT", "PATCH") else length in (None, "0")


def test_headers_that_nobody_gave_are_the_same_for_each_library(style: Style, peer: Peer) -> None:
    style.request(style.client(base_url=peer.url), "GET")
    fields = {name.lower(): value for name, value in peer.last.fields}
    fields.pop("connection", None)
    assert fields == {
        "host": f"127.0.0.1:{peer.port}",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "user-agent": "utilmeta",
    }


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"color": "red"}, "color=red"),
        ({"at": datetime(2020, 1, 2, 3, 4, 5, tzinfo=timezone.utc)}, "at=2020-01-02T03%3A04%3A05%2B00%3A00"),
        ({"at": datetime(2020, 1, 2, 3, 4, 5, 6)}, "at=2020-01-02T03%3A04%3A05.000006"),
        ({"amount": Decimal("1.50")}, "amount=1.50"),
        ({"uid": UUID(int=5)}, "uid=00000000-0000-0000-0000-000000000005"),
        ({"on": True}, "on=true"),
        ({"sizes": []}, ""),
        ({"sizes": (3,)}, "sizes=3"),
        ({"anything": ""}, "anything="),
        ({"anything": 0}, "anything=0"),
        ({"anything": 1.5}, "anything=1.5"),
        ({"anything": ["a", None, 2]}, "anything=a&anything=2"),
        ({"anything": timedelta(seconds=1)}, "anything=PT1S"),
        ({}, ""),
    ],
)
def test_values_of_a_query_are_texts(sends: Any, peer: Peer, options: Any, sent: str) -> None:
    sends.typed(**options)
    assert peer.last.target.partition("?")[2] == sent


def test_what_is_none_or_has_no_default_is_not_sent(sends: Any, peer: Peer) -> None:
    sends.named(word="", size=None)
    sends.optional(data=None)
    sends.fields(x=1)
    assert peer.asked == ["GET /api/named?word=", "POST /api/optional", "POST /api/fields"]
    assert peer.received[1].body == b""
    assert peer.last.json == {"x": 1}


@pytest.mark.parametrize(
    ("name", "arguments", "path"),
    [
        ("file", {"path": "a/b c.txt"}, "/api/files/a/b%20c.txt"),
        ("file", {"path": ""}, "/api/files/"),
        ("page", {"number": 0}, "/api/page/0"),
        ("page", {}, "/api/page"),
        ("bare", {"number": 3}, "/api/3"),
        ("bare", {}, "/api"),
        ("code", {"code": "abc"}, "/api/code/abc"),
        ("templated", {"id": "7", "part": "{id}"}, "/api/item/7/part-%7Bid%7D"),
    ],
)
def test_arguments_of_a_path_are_percent_encoded(sends: Any, peer: Peer, name: str, arguments: Any, path: str) -> None:
    getattr(sends, name)(**arguments)
    assert peer.last.target == path


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("templated", {"id": 1, "part": ""}, "part"),
        ("templated", {"id": 1, "part": ".."}, "part"),
        ("templated", {"id": 1, "part": "."}, "part"),
        ("templated", {"part": "a"}, "id"),
        ("templated", {"id": "x", "part": "a"}, "id"),
        ("templated", {"id": None, "part": "a"}, "id"),
        ("file", {"path": "a/../b"}, "path"),
        ("code", {"code": "A1"}, "code"),
        ("named", {"sise": 1}, "sise"),
        ("named", {"size": "big"}, "size"),
        ("typed", {"sizes": [1, "x"]}, "sizes.1"),
        ("typed", {"anything": b"\xff"}, "anything"),
        ("model", {"data": {"Kind": "b"}}, "data.size"),
        ("headed", {"x_token": "a\r\nX-Other: 1"}, "x_token"),
        ("headed", {"theme": "a\r\nb"}, "Theme"),
        ("headed", {"theme": "a;b"}, "Theme"),
    ],
)
def test_an_argument_that_cannot_be_sent_is_named_and_nothing_is_sent(
    sends: Any, peer: Peer, name: str, arguments: Any, named: str
) -> None:
    with pytest.raises(ArgumentError) as error:
        getattr(sends, name)(**arguments)
    assert f"'{named}'" in str(error.value)
    assert "X-Other" not in str(error.value)
    assert peer.received == []


@pytest.mark.parametrize("arguments", [(1, "a", "b"), (1,)])
def test_positional_arguments_are_counted(sends: Any, peer: Peer, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(ArgumentError, match=r"Sends\.templated"):
        sends.templated(*arguments)
    with pytest.raises(ArgumentError, match="'id'"):
        sends.templated(1, "a", id=2)
    assert peer.received == []


def test_models_are_the_whole_query_headers_and_cookies(sends: Any, peer: Peer) -> None:
    sends.whole(
        query=Model(size=1, Kind="k", colors=[Color.RED, Color.RED]), headers={"size": 2}, cookies=Point(3, y=4)
    )
    assert peer.last.target == "/api/whole?size=1&Kind=k&colors=red&colors=red"
    assert (peer.last.header("size"), peer.last.header("kind"), peer.last.header("left")) == ("2", "a", None)
    assert peer.last.header("cookie") == "x=3; y=4"


@pytest.mark.parametrize(
    ("name", "data", "sent"),
    [
        ("model", Model(size=1), {"size": 1, "Kind": "a", "colors": [], "left": None}),
        ("model", {"size": "1", "Kind": "k"}, {"size": 1, "Kind": "k", "colors": [], "left": None}),
        ("point", Point(1), {"x": 1, "y": 0}),
        ("point", {"x": 1}, {"x": 1, "y": 0}),
        ("struct", Struct(1), {"x": 1, "Name": "n"}),
        ("struct", {"x": 1}, {"x": 1, "Name": "n"}),
        ("schema", Schema(x=1), {"x": 1, "Name": "n"}),
        ("schema", {"x": 1}, {"x": 1, "Name": "n"}),
        ("many", [], []),
    ],
)
def test_a_body_is_json_of_models_of_each_library(sends: Any, peer: Peer, name: str, data: Any, sent: Any) -> None:
    getattr(sends, name)(data=data)
    assert peer.last.json == sent
    assert peer.last.header("content-type") == "application/json"


def test_a_header_that_is_a_mapping_is_json_in_ascii(sends: Any, peer: Peer) -> None:
    sends.headed(options={"a": "ü"})
    assert peer.last.header("x-options") == '{"a": "\\u00fc"}'


def test_a_form_text_and_bytes_have_their_content_types(sends: Any, peer: Peer) -> None:
    sends.form(data={"size": 1, "colors": ["red", "red"]})
    assert peer.last.body == b"size=1&Kind=a&colors=red&colors=red"
    assert peer.last.header("content-type") == "application/x-www-form-urlencoded"
    sends.said(data="a,ü")
    assert (peer.last.body, peer.last.header("content-type")) == ("a,ü".encode(), "text/csv")
    sends.octets(data=b"\x00\xff")
    assert (peer.last.body, peer.last.header("content-type")) == (b"\x00\xff", "application/octet-stream")


@pytest.mark.parametrize(
    ("data", "headers", "body", "kind"),
    [
        ({"a": 1}, {}, b'{"a":1}', "application/json"),
        ([], {}, b"[]", "application/json"),
        (0, {}, b"0", "application/json"),
        (False, {}, b"false", "application/json"),
        ("ü", {}, "ü".encode(), "text/plain; charset=utf-8"),
        ("ü", {"Content-Type": "application/json"}, '"ü"'.encode(), "application/json"),
        (b"\xff", {}, b"\xff", "application/octet-stream"),
        (b"\xff", {"content-type": "image/png"}, b"\xff", "image/png"),
        ({"a": [1, 2]}, {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1&a=2", None),
    ],
)
def test_the_content_type_follows_the_data(peer: Peer, data: Any, headers: Any, body: bytes, kind: str | None) -> None:
    Client(peer.url).post("x", data=data, headers=headers)
    assert (peer.last.body, peer.last.header("content-type")) == (body, kind or headers["Content-Type"])


def test_large_bodies_are_sent_and_received(style: Style, peer: Peer) -> None:
    large = bytes(3 << 20)
    peer.on("/large", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(large) + large)
    found = style.request(style.client(base_url=peer.url), "POST", "large", data=large)
    assert peer.last.body == large
    assert found.data == large


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", "a\r\nX-B: c"),
        ("X-A", "a\nb"),
        ("X-A", "ü"),
        ("X A", "a"),
        ("", "a"),
        (1, "a"),
        ("X-A", ["a"]),
        ("X-A", b"a"),
    ],
)
def test_a_header_that_no_request_can_hold_is_refused(style: Style, peer: Peer, name: str, value: Any) -> None:
    client = style.client(base_url=peer.url)
    with pytest.raises(ArgumentError):
        style.request(client, "GET", headers={name: value})
    assert peer.received == []


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding"])
def test_the_length_of_a_body_is_not_taken_from_the_caller(style: Style, peer: Peer, name: str) -> None:
    style.request(style.client(base_url=peer.url), "POST", data=b"abc", headers={name: "1"})
    assert (peer.last.body, peer.last.header("content-length")) == (b"abc", "3")
    assert peer.last.header("transfer-encoding") is None


def test_a_host_that_is_given_takes_the_place_of_the_urls(style: Style, peer: Peer) -> None:
    style.request(style.client(base_url=peer.url), "GET", headers={"Host": "other.example"})
    assert peer.last.header("host") == "other.example"


def nothing(self: Any, other: int) -> None: ...


def spaced(self: Any, other: int, name: str = request.CookieParam("some thing")) -> Response: ...


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda self, id: None, "'other'"),
        (lambda self, other, id: 1, None),
        (nothing, "None"),
        (spaced, "some thing"),
    ],
)
def test_names_of_a_route_need_parameters(function: Any, told: str | None) -> None:
    cls = type("Wrong", (Client,), {"wrong": api.get("a/{other}")(function)})
    if told is None:
        cls("http://127.0.0.1")
        return
    with pytest.raises(DeclarationError, match=rf"Wrong\.wrong.*{told}"):
        cls("http://127.0.0.1")


URLS = ["http://127.0.0.1:99999/{id}", "https:///{id}"]


@pytest.mark.parametrize("template", ["a/{b c}", "a/{", "{id}/{id}", "a/{id}}", "a b/{id}", "a/{id}\n", *URLS])
def test_a_route_with_other_braces_or_what_no_url_has_is_refused(template: str) -> None:
    cls = type("Wrong", (Client,), {"wrong": api.get(template)(lambda self, id: None)})
    with pytest.raises(DeclarationError, match=r"Wrong\.wrong"):
        cls("http://127.0.0.1")


def test_a_parameter_in_the_middle_of_a_route_may_not_be_left_out(peer: Peer) -> None:
    cls = type("Middle", (Client,), {"get_it": api.get("a/{id}/b")(optional)})
    with pytest.raises(ArgumentError, match="'id'"):
        cls(peer.url).get_it()


def optional(self: Any, id: int = request.PathParam(default=None)) -> Response: ...
