"""Requests that get no answer, and errors that tell no secret (CLIENT-2a, CLIENT-3, CLIENT-5, CLIENT-8)."""

from __future__ import annotations

import asyncio
import socket
import threading
import traceback
from typing import Annotated, Any, Literal
from uuid import UUID

import pydantic
import pytest
from peer import Peer, answer
from pydantic_core import PydanticCustomError
from style import STYLES, Style

from utilmeta.core import api, request
from utilmeta.core.cli import Aborted, ArgumentError, Client, ClientError, UnexpectedResponse
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


class Item(Response):
    result: int


class Items:
    @api.get
    def plain(self) -> Response: ...

    @api.get
    def item(self) -> Item: ...

    @api.get
    def either(self) -> Item | Response: ...


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return f"http://127.0.0.1:{sock.getsockname()[1]}"


def sends(content: bytes) -> Any:
    return lambda sock: sock.sendall(content)


BROKEN = {
    "nothing": b"",
    "no HTTP": b"what is this\r\n\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Type: text",
    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "half of the chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab",
    "half of the trailers": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n",
    "half a trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\nX: 1",
    "no chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "a long line": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
}


def test_no_connection_is_a_response_of_503_with_the_cause(style: Style) -> None:
    client = style.client(Items, closed_port())
    for found in (style.call(client.plain), style.call(client.either), style.request(client, "GET", "x")):
        assert (found.status, found.data, found.result) == (503, None, None)
        assert isinstance(found.error, Aborted)
        assert not isinstance(found.error, TimeoutError)
        assert isinstance(found.error.__cause__, OSError)
        assert found.request is found.error.request
        assert dict(found.headers) == {}


def test_a_template_alone_raises_it_unless_the_client_is_silent(style: Style) -> None:
    url = closed_port()
    with pytest.raises(Aborted, match=r"GET http://127\.0\.0\.1:\d+/item was not answered"):
        style.call(style.client(Items, url).item)
    assert style.call(style.client(Items, url, fail_silently=True).item).status == 503


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_broken_answer_is_an_abort_and_sent_once(style: Style, peer: Peer, content: bytes, method: str) -> None:
    peer.on("/broken", sends(content))
    found = style.request(style.client(base_url=peer.url), method, "broken")
    assert isinstance(found.error, Aborted)
    assert not isinstance(found.error, TimeoutError)
    assert len(peer.received) == 1


def test_a_kept_connection_that_the_server_closed_is_not_asked_twice(style: Style, peer: Peer) -> None:
    def closes(sock: socket.socket) -> None:
        sock.shutdown(socket.SHUT_RDWR)

    with style.within(style.client(base_url=peer.url, default_timeout=10)) as client:
        style.request(client, "GET", "first")
        peer.on("/second", closes)
        assert isinstance(style.request(client, "GET", "second").error, Aborted)
        assert peer.asked == ["GET /first", "GET /second"]
        assert style.request(client, "PUT", "third").status == 200


def test_a_connection_that_the_server_closed_meanwhile_is_not_used(style: Style, peer: Peer) -> None:
    with style.within(style.client(base_url=peer.url)) as client:
        for number in range(3):
            peer.on("/last", answer({}, 200) + b"")
            style.request(client, "GET", "last")
            for sock in peer.sockets[number:]:
                sock.shutdown(socket.SHUT_RDWR)
            style.wait(settled() if style.awaits else None)
        assert style.request(client, "GET", "last").status == 200
    assert [each.connection for each in peer.received] == [0, 1, 2, 3]


async def settled() -> None:
    await asyncio.sleep(0.05)  # the loop sees the end of a connection


def test_an_answer_that_comes_before_all_was_sent_is_read(style: Style, peer: Peer) -> None:
    if style.name == "aiohttp":
        pytest.skip("aiohttp takes the end of the connection for that of the request")

    with socket.create_server(("127.0.0.1", 0)) as server:

        def refuse() -> None:
            sock, _ = server.accept()
            with sock:
                sock.recv(1000)
                sock.sendall(answer({"too": "large"}, 413, ("Connection", "close")))
                sock.shutdown(socket.SHUT_WR)
                while sock.recv(1 << 20):
                    pass

        thread = threading.Thread(target=refuse)
        thread.start()
        client = style.client(base_url=f"http://127.0.0.1:{server.getsockname()[1]}")
        found = style.request(client, "POST", data=bytes(8 << 20))
        assert (found.status, found.data) == (413, {"too": "large"})
        thread.join(10)


def test_no_text_shows_a_secret(style: Style, peer: Peer) -> None:
    class Wrong:
        @api.post("item/{id}")
        def item(self, id: int, token: str, x_key: str = request.HeaderParam("X-Key")) -> Item: ...

    options: dict[str, Any] = {
        "base_headers": {"Authorization": "Bearer hunter2"},
        "base_query": {"token": "hunter2"},
        "base_cookies": {"sid": "hunter2"},
    }
    shown = []
    for url in (peer.url, closed_port()):
        client = style.client(Wrong, url.replace("://", "://user:hunter2@") + "?q=hunter2", **options)
        peer.on("/item/1", answer({"hunter2": "hunter2"}))
        with pytest.raises(ClientError) as error:
            style.call(client.item, 1, token="hunter2", x_key="hunter2")
        shown += [repr(client), repr(error.value), str(error.value), repr(error.value.request)]
        shown.append("".join(traceback.format_exception(error.value)))
        found = style.request(
            client, "GET", "item/1", data="hunter2", headers={"X-A": "hunter2"}, cookies={"a": "hunter2"}
        )
        shown += [repr(found), repr(found.request), repr(found.error), str(found.error), repr(found.request.headers)]
    told = [text for text in shown if "hunter2" in without_source(text)]
    assert told == []


def without_source(text: str) -> str:
    """Return a traceback without the lines of source that it shows, those of this test among them."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("    "))


@pytest.mark.parametrize("style_name", STYLES)
def test_the_url_of_a_library_s_exception_is_not_in_the_chain(style_name: str) -> None:
    style = Style(style_name)
    found = style.request(style.client(base_url=closed_port()), "GET", "x?token=hidden")
    chain, error = [], found.error
    while error is not None:
        chain.append(str(error))
        error = error.__cause__
    assert len(chain) == 2
    assert "hidden" not in str(chain)
    style.loop.close()


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("http://h.example", "a b"),
        ("http://h.example", "a\r\nX:b"),
        ("http://h.example", "http://user:secret@[::1/"),
        ("http://h.example", "http://u:secret@h.example:port/?token=secret"),
        ("http://h.example", "http:///x?token=secret"),
        (None, "x?token=secret"),
    ],
)
def test_a_url_that_cannot_be_asked_is_an_error(base_url: str | None, path: str) -> None:
    with pytest.raises(ArgumentError) as error:
        Client(base_url).get(path)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("method", ["", "A B", "GET\r\n"])
def test_a_method_that_is_none_is_an_error(style: Style, peer: Peer, method: str) -> None:
    with pytest.raises(ArgumentError, match="method"):
        style.request(style.client(base_url=peer.url), method)
    assert peer.received == []


def test_data_that_json_cannot_hold_is_an_error(peer: Peer) -> None:
    endless: list[Any] = []
    endless.append(endless)
    for data in ({"a": object()}, endless, {"a": b"\xff"}):
        with pytest.raises(ArgumentError):
            Client(peer.url).post("x", data=data)
    assert peer.received == []


def test_an_unexpected_response_holds_request_and_response_and_no_value(style: Style, peer: Peer) -> None:
    peer.on("/item", answer("secret"))
    with pytest.raises(UnexpectedResponse, match=r"GET .*/item: the answer 200 is no Item \(Item: its result") as error:
        style.call(style.client(Items, peer.url).item)
    assert "secret" not in str(error.value)
    assert (error.value.response.data, error.value.response.status) == ("secret", 200)
    assert isinstance(error.value.request, ClientRequest)
    peer.on("/either", answer("secret"))
    assert style.call(style.client(Items, peer.url).either).data == "secret"
    assert style.call(style.client(Items, peer.url, fail_silently=True).item).data == "secret"


def test_an_error_that_was_handled_before_is_not_taken_for_the_cause() -> None:
    class Nested(Client):
        @api.get
        def item(self) -> Item: ...

        def handle_error(self, error: Any) -> Any:
            if isinstance(error.exception, LookupError):
                return Client(closed_port()).get("x")
            return None

        def process_request(self, request: Any) -> None:
            raise TimeoutKeyError

    class TimeoutKeyError(KeyError, TimeoutError):
        pass

    found = Nested("http://127.0.0.1").item()
    assert (found.status, type(found.error)) == (503, Aborted)


def test_a_style_that_the_library_does_not_have_sends_nothing_in_the_loop(peer: Peer) -> None:
    with pytest.raises(TypeError, match="asynchronous alone"):
        Client(peer.url, backend="aiohttp").get("x")
    assert peer.received == []


class Cat(pydantic.BaseModel):
    kind: Literal["cat"]


class Dog(pydantic.BaseModel):
    kind: Literal["dog"]


def custom(value: str) -> str:
    raise PydanticCustomError("own", "not {value}", {"value": value})


class Typed(Client):
    @api.post
    def tagged(self, q: Annotated[Cat | Dog, pydantic.Field(discriminator="kind")] = request.Body) -> Response: ...

    @api.get
    def identified(self, token: UUID = request.HeaderParam("X-Token")) -> Response: ...

    @api.get
    def validated(self, q: Annotated[str, pydantic.AfterValidator(custom)]) -> Response: ...

    @api.get("n/{n}")
    def numbered(self, n: float, q: list[float] = request.QueryParam(default=[])) -> Response: ...

    @api.get
    def listed(self, ids: list[str] = request.CookieParam("ids", default=None)) -> Response: ...

    @api.get
    def optional(self, q: str, r: str = "x", c: bool = request.CookieParam("c", default=False)) -> Response: ...


@pytest.mark.parametrize(
    ("name", "value"), [("tagged", {"kind": "secret"}), ("identified", "Xsecret-secret"), ("validated", "secret")]
)
def test_an_error_of_an_argument_shows_no_part_of_it(peer: Peer, name: str, value: Any) -> None:
    with pytest.raises(ArgumentError) as found:
        getattr(Typed(peer.url), name)(value)
    assert "does not convert" in str(found.value)
    assert "secret" not in str(found.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_sent(peer: Peer, value: float) -> None:
    client = Typed(peer.url)
    for arguments in ({"n": value}, {"n": 1, "q": [0, value]}):
        with pytest.raises(ArgumentError, match="cannot be sent"):
            client.numbered(**arguments)
    for keywords in ({"query": {"n": value}}, {"cookies": {"n": value}}):
        with pytest.raises(ArgumentError, match="cannot be sent"):
            client.get("x", **keywords)
    assert peer.received == []


def test_a_list_in_a_cookie_is_joined_by_commas(peer: Peer) -> None:
    Typed(peer.url).listed(ids=["1", "2"])
    assert peer.last.header("cookie") == "ids=1,2"
    with pytest.raises(ArgumentError, match="ids"):
        Typed(peer.url).listed(ids=["1,2", "3"])
    assert len(peer.received) == 1


def test_none_is_not_sent_whatever_the_default(peer: Peer) -> None:
    Typed(peer.url).optional(q=None, r=None, c=None)
    assert (peer.last.target, peer.last.header("cookie")) == ("/optional", None)


@pytest.mark.parametrize(
    ("first", "second", "method"),
    [
        (request.Body, request.Body, "post"),
        (request.Body, request.BodyParam, "post"),
        (request.BodyParam, request.Body, "post"),
        (request.QueryParam("x"), request.QueryParam("x"), "get"),
        (request.HeaderParam("X-A"), request.HeaderParam("x-a"), "get"),
    ],
)
def test_two_parameters_of_one_place_are_refused(first: Any, second: Any, method: str) -> None:
    class Twice(Client):
        def twice(self, one: dict = first, two: dict = second) -> Response: ...

        if method == "get":
            twice.__annotations__ = {"one": str, "two": str, "return": Response}
        twice = getattr(api, method)(twice)

    with pytest.raises(DeclarationError, match=r"Twice.twice: parameters 'one' and 'two'"):
        Twice("http://127.0.0.1:1")
