"""RESPONSE: endpoints that return the Response that a Client got (response_of_a_client.py)."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from conformance.checks.client_probe import Clients
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services.peer import by_path
from conformance.services.peer_replies import reply
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def passing(target: Target) -> Service:
    """The shared scenario whose endpoint returns what its client got."""
    return target.shared("response_of_a_client")


def passed(service: Service, url: str) -> Exchange:
    """The answer of the endpoint that asks a URL."""
    return service.get(f"/api/passed?url={quote(url, safe='')}")


@must("RESPONSE-g16", kills=("response_of_a_client_is_200", "response_of_a_client_is_its_result"))
def test_what_a_client_got_is_the_answer(target: Target, passing: Service) -> None:
    data = {"text": word(), "zero": 0, "empty": "", "none": None, "false": False, "list": [number(), []]}
    text = f"{word()} ä"
    script = by_path(
        {"/json": reply(data, 203, [("X-Own", "0")]), "/text": reply(text, 404), "/bytes": reply(b"\x00\xff", 200)}
    )
    with Clients(target).peer(script) as server:
        json, plain, octets = (passed(passing, f"{server.origin}/{path}") for path in ("json", "text", "bytes"))
    assert (json.status, json.json(), json.header("x-own")) == (203, data, "0")
    assert (plain.status, plain.text) == (404, text)
    assert (octets.status, octets.body) == (200, b"\x00\xff")


ENDING = {
    "Connection": "keep-alive, X-Hop",
    "Keep-Alive": "timeout=5",
    "Set-Cookie": "sid={}",
    "Content-MD5": "{}",
    "Proxy-Authenticate": 'Basic realm="{}"',
    "Strict-Transport-Security": "max-age={}",
    "Alt-Svc": 'h2="{}:443"',
    "Clear-Site-Data": '"{}"',
    "Access-Control-Allow-Origin": "http://{}.example",
    "X-Hop": "{}",
}


@must("RESPONSE-13", kills=("response_of_a_client_with_its_cookies", "response_of_a_client_with_hop_by_hop_headers"))
def test_headers_that_are_for_the_client_of_the_other_host_end_here(target: Target, passing: Service) -> None:
    text, own = word(), word()
    lines = [(name, value.format(text)) for name, value in ENDING.items()]
    script = by_path({"/a": reply({"n": 0}, 200, [*lines, ("X-Own", own), ("ETag", f'"{own}"')])})
    with Clients(target).peer(script) as server:
        answer = passed(passing, f"{server.origin}/a")
    assert (answer.status, answer.json()) == (200, {"n": 0})
    assert (answer.header("x-own"), answer.header("etag")) == (own, f'"{own}"')
    assert [line for line in answer.headers if text in line[1]] == []


@must("RESPONSE-13", kills=("response_of_a_client_with_its_charset", "response_of_a_client_with_json_texts_bare"))
def test_its_content_type_is_that_of_the_body(target: Target, passing: Service) -> None:
    text = f"{word()} ä"
    latin = reply(text.encode("latin-1"), 200, [("Content-Type", "text/plain; charset=iso-8859-1")])
    script = by_path({"/latin": latin, "/json": reply(text.encode().join([b'"', b'"']), 200, JSON)})
    with Clients(target).peer(script) as server:
        plain, quoted = (passed(passing, f"{server.origin}/{path}") for path in ("latin", "json"))
    charset = (plain.header("content-type") or "").partition("charset=")[2] or "utf-8"
    assert plain.body.decode(charset, "replace") == text
    assert quoted.json() == text


JSON = [("Content-Type", "application/json")]
