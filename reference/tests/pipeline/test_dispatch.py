"""The way of a request through a compiled API, on a server of threads and on one with a loop alike."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from typing import Any

import pytest
from fake import Client, FakeRequest

from utilmeta.core import api, request
from utilmeta.core.pipeline.host import REMEMBERED, allowed_hosts
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

seen: contextvars.ContextVar[str] = contextvars.ContextVar("seen", default="")


class ItemAPI(api.API):
    @api.get("{id}")
    def one(self, id: int) -> Any:
        return {"id": id}

    def post(self, name: str = request.BodyParam(min_length=2), size: int = request.BodyParam(default=1)) -> Any:
        return [name, size]


class RootAPI(api.API):
    item: ItemAPI
    thing: ItemAPI = api.route("some/thing")  # type: ignore[assignment]

    @api.get
    def hello(self) -> str:
        return "world"

    @api.get
    async def later(self) -> str:
        await asyncio.sleep(0)
        return "later"

    @api.get
    def broken(self) -> str:
        raise ValueError("the secret of line 1")

    @api.get
    def stop(self) -> str:
        raise StopIteration

    @api.get
    def missing(self) -> str:
        raise exceptions.NotFound("no such thing")

    @api.get
    def made(self) -> Response:
        return Response({"a": 1}, 201, headers=[("Set-Cookie", "a=1"), ("X-Mine", "yes"), ("Content-Length", "99")])

    @api.get
    def nothing(self) -> Response:
        return Response(status=204)

    @api.delete
    def remove(self) -> None:
        return None

    @api.get
    def who(self) -> str:
        seen.set(self.request.path)
        time.sleep(0.01)
        return seen.get()

    @api.get
    def undeclared(self) -> Any:
        return self.request.body.decode()


client = Client(RootAPI, "/api")


def test_a_text_is_plain_text_with_its_length() -> None:
    answer = client.get("/api/hello")
    assert (answer.status, answer.text) == (200, "world")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == "5"


def test_every_answer_carries_a_fresh_request_id() -> None:
    ids = {client.get(path).headers["X-Request-ID"] for path in ("/hello", "/hello", "/none", "/broken")}
    assert len(ids) == 4
    assert all(len(id) == 32 for id in ids)


def test_coroutine_endpoints_are_awaited() -> None:
    assert client.get("/later").text == "later"


def test_none_is_json_null() -> None:
    answer = client("DELETE", "/remove")
    assert (answer.text, answer.headers["Content-Type"]) == ("null", "application/json")


def test_a_response_says_its_status_and_headers_but_never_its_length() -> None:
    answer = client.get("/made")
    assert (answer.status, answer.json) == (201, {"a": 1})
    assert (answer.headers["Content-Length"], answer.headers["X-Mine"]) == ("7", "yes")


def test_a_response_without_content_has_no_type_and_no_length() -> None:
    answer = client.get("/nothing")
    assert (answer.status, answer.body) == (204, b"")
    assert set(answer.headers) == {"X-Request-ID"}


def test_head_answers_as_get_does_without_the_body() -> None:
    answer = client("HEAD", "/api/hello")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "5")
    assert client("HEAD", "/api/none").body == b""
    assert client("HEAD", "/api/item").status == 405


@pytest.mark.parametrize(
    ("path", "allow"),
    [("/hello", "GET, HEAD, OPTIONS"), ("/item", "OPTIONS, POST"), ("/api/item/3", "GET, HEAD, OPTIONS")],
)
def test_options_and_405_name_the_methods_of_a_path(path: str, allow: str) -> None:
    options = client("OPTIONS", path)
    assert (options.status, options.body, options.headers["Allow"]) == (204, b"", allow)
    refused = client("PATCH", path)
    assert (refused.status, refused.headers["Allow"], refused.json["title"]) == (405, allow, "Method Not Allowed")


def test_mounts_are_at_their_attribute_or_route() -> None:
    assert client.get("/item/3").json == {"id": 3}
    assert client.get("/some/thing/3").json == {"id": 3}
    assert client.get("/thing/3").status == 404


def test_a_decoded_path_is_decoded_once() -> None:
    assert client.get("/api/h%65llo").text == "world"
    assert client.get("/api%2Fhello").text == "world"
    assert client.get("/api/h%2565llo").status == 404


@pytest.mark.parametrize(
    ("method", "target", "content_type", "body", "status"),
    [
        ("POST", "/none", "text/plain", b"{" * 2000, 404),
        ("PUT", "/item", "text/plain", b"{" * 2000, 405),
        ("POST", "/item", "text/plain", b"{" * 2000, 413),
        ("POST", "/item", "text/plain", b"{", 415),
        ("POST", "/item", "application/json", b"{", 400),
        ("POST", "/item", "application/json", b"\xff", 400),
        ("POST", "/item", "application/json", b'{"name": NaN}', 400),
        ("POST", "/item", "application/json", b"[1]", 400),
        ("POST", "/item", "application/json", b"", 400),
        ("POST", "/item", "application/problem+json; charset=utf-8", b'{"name": "ab"}', 200),
    ],
)
def test_of_several_errors_the_first_of_the_order_wins(
    method: str, target: str, content_type: str, body: bytes, status: int
) -> None:
    answer = client(method, target, {"content-type": content_type}, body)
    assert answer.status == status


def test_a_400_names_every_field_its_place_and_the_reason() -> None:
    answer = client.post("/item", b'{"name": "x", "size": "many"}')
    assert [(error["in"], error["name"]) for error in answer.json["errors"]] == [("body", "name"), ("body", "size")]
    assert all(error["reason"] for error in answer.json["errors"])


def test_an_exception_is_a_500_with_detail_in_development_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "utilmeta"):
        assert client.get("/broken").json["detail"] == "ValueError: the secret of line 1"
        hidden = Client(RootAPI, production=True).get("/broken")
    assert hidden.json == {"type": "about:blank", "title": "Internal Server Error", "status": 500}
    assert hidden.headers["X-Request-ID"] in caplog.text
    assert "the secret of line 1" in caplog.text
    assert "RootAPI.broken" in caplog.text


def test_an_exception_leaves_the_next_request_unharmed() -> None:
    assert [client.get(path).status for path in ("/broken", "/stop", "/hello")] == [500, 500, 200]


def test_an_http_error_says_its_status_and_detail() -> None:
    answer = client.get("/missing")
    assert (answer.status, answer.json["detail"]) == (404, "no such thing")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_nobody_declared_is_read_when_one_was_announced_and_not_parsed() -> None:
    for headers, body, reads in (({}, b"", 0), ({"content-length": "0"}, b"", 0), ({}, b"{", 1)):
        asked = FakeRequest("GET", "/undeclared", headers, body)
        assert client.handle(asked)[2] == body
        assert asked.reads == reads
    assert client("GET", "/undeclared", {"transfer-encoding": "chunked"}, b"{").text == "{"


def test_a_host_that_is_not_allowed_is_a_bad_request() -> None:
    guarded = Client(RootAPI, hosts=("example.com", ".example.org", "[::1]"))
    for host in ("example.com", "EXAMPLE.com:8000", "a.example.org", "example.org", "[::1]:80", "example.com."):
        assert guarded.get("/hello", Host=host).status == 200
    for host in ("evil.example", "xexample.org", "", "example.com:x", "a@example.com", "example.com/", "[::1"):
        assert guarded.get("/hello", Host=host).status == 400


@pytest.mark.parametrize(
    "host", ["evil\\.example.org", ".example.org", "a..example.org", "a.example.org..", "%61.example.org"]
)
def test_a_host_that_is_spelt_as_no_name_is_below_no_domain(host: str) -> None:
    assert Client(RootAPI, hosts=(".example.org",)).get("/hello", Host=host).status == 400


def test_a_host_that_is_malformed_is_a_bad_request_though_every_host_is_allowed() -> None:
    anyone = Client(RootAPI)
    for host in ("a", "a_b.c.", "a:", "a:65535", "a:00080", "A%2f", "1.2.3.4:5", "[::1]", "[::ffff:1.2.3.4]:9", ""):
        assert anyone.get("/hello", Host=host).status == 200, host
    for host in (
        "a:65536",
        "a:123456",
        "a:1:2",
        "a,a",
        "a@b",
        "a b",
        "a\\b",
        "%4",
        "\xe9",
        "[1.2.3.4]",
        "[::1",
        "[::1::2]",
        ":1",
    ):
        assert anyone.get("/hello", Host=host).status == 400, host


def test_a_forwarded_host_comes_first_where_it_is_trusted_and_both_are_well_formed() -> None:
    hosts = allowed_hosts(["a.test"], production=True, headers=("x-forwarded-host", "host"))
    assert hosts.admits({"x-forwarded-host": "a.test", "host": "b.test"}.get)
    assert hosts.admits({"host": "a.test"}.get)
    assert not hosts.admits({"x-forwarded-host": "b.test", "host": "a.test"}.get)
    assert not hosts.admits({"x-forwarded-host": "a.test, a.test", "host": "a.test"}.get)
    assert not hosts.admits({"x-forwarded-host": "a.test", "host": "a@test"}.get)


def test_what_clients_send_as_host_is_remembered_within_bounds() -> None:
    hosts = allowed_hosts(None, production=True)
    for number in range(2 * REMEMBERED):
        hosts.admits({"host": f"h{number}.test"}.get)
    assert hosts.judged.cache_info().currsize == REMEMBERED  # type: ignore[attr-defined]


def test_an_empty_list_of_hosts_is_this_machine_in_development_and_nobody_in_production() -> None:
    assert Client(RootAPI, hosts=()).get("/hello", Host="localhost:8000").status == 200
    assert Client(RootAPI, hosts=()).get("/hello", Host="example.com").status == 400
    assert Client(RootAPI, hosts=(), production=True).get("/hello", Host="localhost").status == 400
    assert Client(RootAPI, hosts=("a", "*")).get("/hello", Host="example.com").status == 200


def test_plain_endpoints_sleep_side_by_side_on_a_loop_and_off_it() -> None:
    class SleepAPI(api.API):
        @api.get
        def nap(self) -> str:
            time.sleep(0.3)
            return threading.current_thread().name

    handle = Client(SleepAPI).async_handle

    async def crowd() -> set[bytes]:
        replies = await asyncio.gather(*(handle(FakeRequest("GET", "/nap")) for _ in range(50)))
        return {reply[2] for reply in replies}

    begin = time.monotonic()
    names = asyncio.run(crowd())
    assert time.monotonic() - begin < 2
    assert len(names) == 50
    assert threading.current_thread().name.encode() not in names


def test_context_does_not_leak_between_requests() -> None:
    async def crowd() -> list[bytes]:
        targets = [f"/who?{n}" for n in range(20)]
        return [
            reply[2] for reply in await asyncio.gather(*(client.async_handle(FakeRequest("GET", t)) for t in targets))
        ]

    assert asyncio.run(crowd()) == [b"/who"] * 20
    assert seen.get() == ""
