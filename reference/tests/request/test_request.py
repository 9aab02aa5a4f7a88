"""Requests as WSGI and ASGI servers hand them over."""

from __future__ import annotations

import asyncio
import copy
import io
import json
import pickle
from collections.abc import MutableMapping
from datetime import datetime, timedelta, timezone
from ipaddress import IPv4Address
from types import SimpleNamespace
from typing import Any

import pytest
from sanic.compat import Header

from utilmeta.core.request.query import QueryDict, parse_query
from utilmeta.core.request.request import UNKNOWN
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.sanic import SanicRequest
from utilmeta.core.request.servers.wsgi import WSGIRequest
from utilmeta.core.request.text import parse_cookies
from utilmeta.utils.exceptions import BadRequest, LengthRequired, RequestEntityTooLarge


def wsgi(path: str = "/", body: bytes = b"", **environ: Any) -> WSGIRequest:
    given = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }
    return WSGIRequest({**given, **environ})


def asgi(*chunks: bytes, headers: tuple[tuple[bytes, bytes], ...] = (), **scope: Any) -> ASGIRequest:
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    given = {"method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": list(headers), **scope}
    return ASGIRequest(given, receive)


def test_a_wsgi_path_is_decoded_already_and_an_asgi_one_is_decoded_here() -> None:
    assert wsgi("/a%20\xc3\xa9").path_bytes() == "/a%20\N{LATIN SMALL LETTER E WITH ACUTE}".encode()
    assert asgi(raw_path=b"/a%2520%C3%A9").path_bytes() == "/a%20\N{LATIN SMALL LETTER E WITH ACUTE}".encode()
    assert asgi(raw_path=None, path="/a%20").path_bytes() == b"/a%20"


def test_what_a_server_replaced_because_it_was_not_utf8_is_a_bad_request() -> None:
    replaced = "\N{REPLACEMENT CHARACTER}".encode().decode("latin-1")
    with pytest.raises(BadRequest):
        _ = wsgi("/x" + replaced, REQUEST_URI="/sub/x%ff?y=%ff", SCRIPT_NAME="/sub").path
    assert wsgi("/x" + replaced, RAW_URI="/x%EF%BF%BD").path == "/x\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(("root", "path"), [("/sub", b"/x"), ("/sub/", b"/x"), ("/su", b"/sub/x"), ("", b"/sub/x")])
def test_the_mount_point_of_the_application_is_taken_off(root: str, path: bytes) -> None:
    assert asgi(raw_path=b"/sub/x", path="/sub/x", root_path=root).path_bytes() == path


def test_headers_are_found_in_lower_case_and_joined() -> None:
    over_wsgi = wsgi(HTTP_X_TWO="a,b", CONTENT_TYPE="text/plain", CONTENT_LENGTH="", HTTP_COOKIE="a=1")
    over_asgi = asgi(
        headers=((b"x-two", b"a"), (b"x-two", b"b"), (b"content-type", b"text/plain"), (b"cookie", b"a=1"))
    )
    for one in (over_wsgi, over_asgi):
        assert (one.header("x-two"), one.header("content-type"), one.header("none")) == ("a,b", "text/plain", None)
        assert one.header("content-length") is None
        assert one.headers == {"x-two": "a,b", "content-type": "text/plain", "cookie": "a=1"}
        assert one.cookies == {"a": "1"}


def test_whitespace_around_a_value_and_line_breaks_in_it_are_none_of_it() -> None:
    threaded = wsgi(HTTP_X_A=" \ta  b\t ", HTTP_X_B="a\r\n \tb\r\n", HTTP_X_C=" ", CONTENT_TYPE=" a/b ")
    looped = asgi(headers=((b"x-a", b" \ta  b\t "), (b"x-c", b"\t"), (b"content-type", b" a/b\t")))
    for request in (threaded, looped):
        found = [request.header(name) for name in ("x-a", "x-c", "x-d", "content-type")]
        assert found == ["a  b", "", None, "a/b"]
        assert [request.headers["X-A"], request.headers["x-c"]] == ["a  b", ""]
    assert threaded.header("x-b") == threaded.headers["x-b"] == "a b"


def test_whitespace_around_a_length_is_none_of_it() -> None:
    assert wsgi(CONTENT_LENGTH=" 3\t").check_length(3)
    assert asgi(headers=((b"content-length", b"3 "),)).check_length(3)
    assert not wsgi(CONTENT_LENGTH=" 0 ").check_length(3)
    for version in ("1.1", "2"):
        none = asgi(headers=((b"content-length", b"0\t"),), method="POST", http_version=version)
        assert none.check_length(3) == 0
    assert not wsgi(CONTENT_LENGTH=" 3\t").unframed
    assert wsgi(CONTENT_LENGTH="3 4").unframed


def test_a_request_tells_where_it_came_from_and_what_was_asked() -> None:
    over_wsgi = wsgi(
        "/b \xc3\xa9",
        SCRIPT_NAME="/a b",
        QUERY_STRING="x=1%20&y=[\xe9]",
        HTTP_HOST="example.com:81",
        REMOTE_ADDR="10.0.0.1",
        HTTP_USER_AGENT="me",
    )
    over_asgi = asgi(
        headers=((b"host", b"example.com:81"), (b"user-agent", b"me")),
        raw_path=b"/a%20b/b%20%C3%A9",
        root_path="/a b",
        query_string=b"x=1%20&y=[\xe9]",
        scheme="http",
        client=("10.0.0.1", 5),
    )
    for one in (over_wsgi, over_asgi):
        assert one.url == "http://example.com:81/a%20b/b%20%C3%A9?x=1%20&y=[%E9]"
        assert (one.scheme, one.host, one.user_agent) == ("http", "example.com:81", "me")
        assert one.ip_address == IPv4Address("10.0.0.1")
        assert one.time.tzinfo is not None
        assert abs(one.time - datetime.now(timezone.utc)) < timedelta(minutes=1)
        assert one.adaptor.request is one.native


def test_without_a_host_header_it_is_the_address_that_was_asked() -> None:
    assert wsgi().url == "http://localhost:8000/"
    assert (asgi(server=("::1", 80), scheme="https").url, asgi().host) == ("https://[::1]:80/", "")
    assert asgi(server=("/run/socket", None)).host == "/run/socket"
    assert (wsgi().user_agent, asgi().ip_address) == ("", None)


def test_headers_are_found_in_any_case() -> None:
    headers = wsgi(HTTP_X_TWO="2").headers
    assert (headers["X-Two"], headers.get("x-TWO"), "X-TWO" in headers, list(headers)) == ("2", "2", True, ["x-two"])
    assert headers.get("x-one") is None


@pytest.mark.parametrize("kind", ["wsgi", "asgi"])
def test_the_url_of_a_request_below_django_patterns_is_whole(kind: str) -> None:
    from utilmeta.core.request.servers.django import below_pattern

    native = SimpleNamespace(path_info="/é/7/calc/plus")
    if kind == "wsgi":
        native.environ = wsgi("/\xc3\xa9/7/calc/plus", SCRIPT_NAME="/sub", HTTP_HOST="h", QUERY_STRING="a=1").native
    else:
        headers = ((b"host", b"h"),)
        native.scope = asgi(
            headers=headers, root_path="/sub", raw_path=b"/sub/%C3%A9/7/calc/plus", query_string=b"a=1"
        ).native
    one = below_pattern(native, "calc/plus")
    assert (one.path, one.url) == ("/calc/plus", "http://h/sub/%C3%A9/7/calc/plus?a=1")
    assert one.adaptor.request is native


def test_starlettes_own_request_has_the_body_that_was_received() -> None:
    from utilmeta.core.request.servers.starlette import StarletteRequest

    plain = asgi(b"12", b"3")
    one = StarletteRequest({"type": "http", **plain.native}, plain._receive)

    async def read() -> bytes:
        await one.receive(10)
        body: bytes = await one.adaptor.request.body()
        return body

    assert asyncio.run(read()) == b"123"
    assert one.adaptor.request is one.adaptor.request


def test_a_body_is_read_to_its_length_or_end_and_no_further_than_the_limit() -> None:
    assert wsgi(body=b"12345", CONTENT_LENGTH="3").read_body(10) == b"123"
    assert wsgi(body=b"12345").read_body(10) == b""
    assert wsgi(body=b"12345", **{"wsgi.input_terminated": True}).read_body(5) == b"12345"
    assert asyncio.run(asgi(b"12", b"345").receive_body(5)) == b"12345"
    with pytest.raises(RequestEntityTooLarge):
        wsgi(body=b"12345", CONTENT_LENGTH="5").read_body(4)
    with pytest.raises(RequestEntityTooLarge):
        wsgi(body=b"12345", **{"wsgi.input_terminated": True}).read_body(4)
    with pytest.raises(RequestEntityTooLarge):
        asyncio.run(asgi(b"12", b"345").receive_body(4))
    with pytest.raises(RequestEntityTooLarge):
        asgi(headers=((b"content-length", b"9"),)).check_length(4)


@pytest.mark.parametrize("length", ["+5", "-1", "5,5", "0x5", "\u0665", "\u00b2", "1_0"])
def test_a_content_length_that_is_no_number_is_a_bad_request(length: str) -> None:
    with pytest.raises(BadRequest):
        wsgi(CONTENT_LENGTH=length).check_length(10)


def test_a_body_is_announced_by_its_length_or_its_coding() -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert [wsgi(**more).check_length(9) for more in ({}, {"CONTENT_LENGTH": "0"}, {"CONTENT_LENGTH": ""})] == [
        False
    ] * 3
    assert wsgi(CONTENT_LENGTH="1").check_length(9) and wsgi(**chunked).check_length(9)
    lengths = [((b"content-length", b"0"),), ((b"content-length", b"1"),), ((b"transfer-encoding", b"chunked"),)]
    assert [asgi(headers=headers).check_length(9) for headers in lengths] == [0, 1, UNKNOWN]
    assert not asgi(http_version="1.1", method="POST").check_length(9)
    assert not asgi(http_version="2").check_length(9) and asgi(http_version="2", method="POST").check_length(9)


def test_a_body_that_ends_too_early_is_not_read_as_a_shorter_one() -> None:
    with pytest.raises(BadRequest):
        wsgi(body=b"12", CONTENT_LENGTH="3").read_body(10)
    left = asgi(b"12")

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    left._receive = receive
    with pytest.raises(BadRequest):
        asyncio.run(left.receive_body(10))


def test_a_chunked_body_that_the_server_did_not_decode_needs_a_length() -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}
    with pytest.raises(LengthRequired):
        wsgi(**chunked).check_length(10)
    assert wsgi(**chunked).unframed and wsgi(CONTENT_LENGTH="5x").unframed and not wsgi(CONTENT_LENGTH="5").unframed
    decoded = wsgi(body=b"123", CONTENT_LENGTH="9", **chunked, **{"wsgi.input_terminated": True})
    decoded.check_length(10)
    assert not decoded.unframed and decoded.read_body(10) == b"123"


def test_queries_keep_order_and_empty_values() -> None:
    query = parse_query(b"a=1&b&a=2&&=x&c=a%3Db;d+e&a=&0=0")
    assert query == {"a": "", "b": "", "": "x", "c": "a=b;d e", "0": "0"}
    assert query.lists() == {"a": ["1", "2", ""], "b": [""], "": ["x"], "c": ["a=b;d e"], "0": ["0"]}
    assert query.getlist("other") == []


def test_a_query_is_a_dict_that_may_be_changed_and_copied() -> None:
    query = parse_query(b"a=1&a=2&b=3")
    query.getlist("a").clear()
    assert query.getlist("a") == copy.copy(query).getlist("a") == ["1", "2"]
    assert (dict(query), json.loads(json.dumps(query))) == ({"a": "2", "b": "3"}, {"a": "2", "b": "3"})
    for copied in (
        query.copy(),
        QueryDict(query),
        copy.copy(query),
        copy.deepcopy(query),
        pickle.loads(pickle.dumps(query)),
    ):
        assert (type(copied), copied, copied.getlist("a")) == (QueryDict, query, ["1", "2"])
        copied["a"] = ""
        assert (copied.getlist("a"), copied.lists()) == ([""], {"a": [""], "b": ["3"]})
        copied.update(c="4")
        assert (copied.getlist("c"), query.getlist("a"), query.getlist("c")) == (["4"], ["1", "2"], [])
    del query["a"]
    assert query.getlist("a") == []


@pytest.mark.parametrize(
    "query", [QueryDict({"a": "", "b": "0"}), QueryDict([("a", ""), ("b", "0")]), QueryDict(a="", b="0"), QueryDict()]
)
def test_a_query_that_is_made_by_hand_is_like_any_other(query: QueryDict) -> None:
    assert query.lists() == {name: [text] for name, text in query.items()}
    assert [query.getlist(name) for name in ("a", "c")] == ([[""], []] if query else [[], []])
    assert QueryDict(parse_query(b"a=1&a=2"), a="3").getlist("a") == ["3"]


def test_cookies_are_unquoted_and_the_first_of_a_name_counts() -> None:
    assert parse_cookies('a="x\\054y\\"z"; a=2; b; c=; d=1=2') == {"a": 'x,y"z', "c": "", "d": "1=2"}


@pytest.mark.parametrize(
    ("target", "host"),
    [("http://b.test:1/x", "b.test:1"), ("http://b.test?x", "b.test"), ("/http://b.test", "a.test"), ("*", "a.test")],
)
def test_the_authority_of_a_target_in_absolute_form_is_the_host(target: str, host: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/x", "RAW_URI": target, "HTTP_HOST": "a.test"}
    assert WSGIRequest(environ).header("host") == host
    headers = Header({"host": "a.test"})
    native = SimpleNamespace(method="GET", path="/x", raw_url=target.encode(), headers=headers)
    assert SanicRequest(native).header("host") == host
