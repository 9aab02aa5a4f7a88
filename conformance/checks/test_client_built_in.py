"""CLIENT: built-in functions, which send any request, and options of a client that are for all of its requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, answered, call, content, media_type, sent, text_of
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services.peer_replies import reply

METHODS = ("get", "post", "put", "patch", "delete")


def sending(clients: Clients, base: str, *calls: Call, **options: Any) -> Told:
    """What came of calls of a client with these options."""
    return clients.called("client_requests", "pets", base, *calls, **options)


@must("CLIENT-g16", kills=("client_put_is_post", "client_built_in_without_cookies"))
def test_a_built_in_function_sends_any_request(clients: Clients) -> None:
    text = word()
    data = {"text": text, "zero": 0, "none": None, "list": [], "false": False}
    keywords: dict[str, Any] = {
        "query": {"q": f"{text} ä&=", "zero": 0, "empty": ""},
        "headers": {"X-Text": text, "X-Zero": "0"},
        "cookies": {"sid": text, "empty": ""},
    }
    calls = [call("get", "some/path", **keywords), call("request", "GET", "some/path", **keywords)]
    calls += [call(method, "some/path", data=data, **keywords) for method in METHODS[1:]]
    calls += [call("request", method.upper(), "some/path", data=data, **keywords) for method in METHODS[1:]]
    with clients.peer() as server:
        told = sending(clients, f"{server.origin}/base", *calls)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(calls)
    methods = [method.upper() for method in METHODS[1:]]
    assert [request.method for request in server.requests] == ["GET", "GET", *methods, *methods]
    for request in server.requests:
        assert request.path == "/base/some/path"
        assert sorted(request.query) == sorted([("q", f"{text} ä&="), ("zero", "0"), ("empty", "")])
        assert (request.values("x-text"), request.values("x-zero")) == ([text], ["0"])
        assert request.cookies == {"sid": text, "empty": ""}
        assert (content(request) if request.method != "GET" else request.body) == (
            data if request.method != "GET" else b""
        )


@must("CLIENT-g16", kills="client_empty_data_left_out")
def test_a_body_that_is_empty_is_sent_as_json(clients: Clients) -> None:
    with clients.peer() as server:
        sending(clients, server.origin, call("post", word(), data={}), call("put", word(), data=[]))
    assert [content(request) for request in server.requests] == [{}, []]


@must("CLIENT-g17", kills=("client_everything_is_a_form", "client_texts_are_json"))
def test_the_content_type_follows_the_data(clients: Clients) -> None:
    text = f"{word()} ä"
    with clients.peer() as server:
        sending(
            clients,
            server.origin,
            call("post", "a", data={"text": text}),
            call("put", "b", data=[text, 0, None]),
            call("patch", "c", data=text),
            call("post", "d", data=[]),
        )
    types = [media_type(request) for request in server.requests]
    assert types == ["application/json", "application/json", "text/plain", "application/json"]
    assert [content(server.requests[place]) for place in (0, 1, 3)] == [{"text": text}, [text, 0, None], []]
    assert text_of(server.requests[2]) == text


@must("CLIENT-g17", kills=("client_content_type_by_case", "client_content_type_twice"))
@pytest.mark.parametrize("name", ["Content-Type", "content-type"])
def test_a_content_type_that_is_given_stays(clients: Clients, name: str) -> None:
    text = word()
    with clients.peer() as server:
        sending(
            clients,
            server.origin,
            call("post", "a", data=f"<{text}/>", headers={name: "application/xml"}),
            call("post", "b", data={"text": text}, headers={name: "application/json; v=2"}),
        )
    assert [request.values("content-type") for request in server.requests] == [
        ["application/xml"],
        ["application/json; v=2"],
    ]
    assert text_of(server.requests[0]) == f"<{text}/>"
    assert content(server.requests[1]) == {"text": text}


@must("CLIENT-g30", kills=("client_append_slash_ignored", "client_append_slash_twice"))
def test_urls_end_in_a_slash_where_that_is_asked_for(clients: Clients) -> None:
    identifier = number()
    calls = [call("status"), call("pet", identifier, size=0), call("get", "path", query={"n": 0}), call("get", "end/")]
    with clients.peer() as server:
        sending(clients, f"{server.origin}/base", *calls, append_slash=True)
        sending(clients, f"{server.origin}/base", call("status"), append_slash=False)
    targets = [target for _, target in sent(server)]
    assert targets == [
        "/base/status/",
        f"/base/pet/{identifier}/?size=0",
        "/base/path/?n=0",
        "/base/end/",
        "/base/status",
    ]


COOKIES: dict[str, Callable[[str], object]] = {
    "a dict": lambda text: {"sid": text, "zero": "0"},
    "a text": lambda text: f"sid={text}; zero=0",
    "a SimpleCookie": lambda text: {"$cookies": f"sid={text}; zero=0"},
}


@must(
    "CLIENT-g32",
    kills=(
        "client_base_headers_once",
        "client_simple_cookies_dropped",
        "client_query_of_the_base_url_lost",
        "client_empty_query_of_the_base_url_lost",
        "client_base_query_as_unicode",
    ),
)
@pytest.mark.parametrize("form", COOKIES)
def test_what_is_for_all_requests_is_in_every_request(clients: Clients, form: str) -> None:
    text = word()
    options: Mapping[str, Any] = {
        "base_headers": {"X-Text": text, "X-Zero": "0", "Authorization": f"Bearer {text}"},
        "base_query": {"key": text, "zero": 0, "empty": ""},
        "base_cookies": COOKIES[form](text),
    }
    calls = [call("pet", 0, size=0), call("add", {}), call("get", "path", query={"own": "1"}, headers={"X-Own": "1"})]
    with clients.peer() as server:
        sending(clients, f"{server.origin}/base?token={text}&none=&octet=%FF", *calls, **options)
    assert [request.path for request in server.requests] == ["/base/pet/0", "/base/pet", "/base/path"]
    common = {("key", text), ("zero", "0"), ("empty", ""), ("token", text), ("none", ""), ("octet", "\ufffd")}
    assert [set(request.query) - common for request in server.requests] == [{("size", "0")}, set(), {("own", "1")}]
    for request in server.requests:
        assert common - set(request.query) == set()
        values = [request.values(name) for name in ("x-text", "x-zero", "authorization")]
        assert values == [[text], ["0"], [f"Bearer {text}"]]
        assert request.cookies == {"sid": text, "zero": "0"}
        assert "octet=%ff" in request.target.lower()
    assert server.requests[2].values("x-own") == ["1"]


@must("CLIENT-g33", kills=("client_proxies_ignored", "client_proxy_of_http_alone"))
def test_requests_go_by_the_proxies(clients: Clients) -> None:
    text = word()
    with (
        clients.peer(lambda request: reply({"by": "http", "target": request.target})) as plain,
        clients.peer(lambda request: reply("refused", 502)) as secure,
    ):
        told = sending(
            clients,
            "http://pets.invalid/base",
            call("pet", 0, size=2),
            call("get", "https://pets.invalid/secret", timeout=5),
            proxies={"http": plain.origin, "https": secure.origin},
        )
        sending(clients, plain.origin, call("get", text))
    assert sent(plain) == [("GET", "http://pets.invalid/base/pet/0?size=2"), ("GET", f"/{text}")]
    assert answered(told.facts[0])["data"] == {"by": "http", "target": "http://pets.invalid/base/pet/0?size=2"}
    assert sent(secure) == [("CONNECT", "pets.invalid:443")]


@must("CLIENT-g32", kills="client_base_headers_shared")
def test_headers_of_one_call_are_not_in_another(clients: Clients) -> None:
    text, own = word(), word()
    calls = [
        call("get", "a"),
        call("get", "b", headers={"X-Text": own, "X-Own": own}),
        call("get", "c"),
        call("status"),
    ]
    with clients.peer() as server:
        sending(clients, server.origin, *calls, base_headers={"X-Text": text})
    first, _, *later = [(request.values("x-text"), request.values("x-own")) for request in server.requests]
    assert [first, *later] == [([text], [])] * 3
