"""Requests that are sent again by the plugin Retry (CLIENT-17)."""

from __future__ import annotations

import asyncio
import io
import time
from email.utils import formatdate
from typing import Any

import pytest
from declared import refusal
from peer import Peer, answer
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Aborted, Client, Retry, TimedOut
from utilmeta.core.cli.retry import IDEMPOTENT, KEY, retry_after
from utilmeta.core.response import Response

LATER = answer({"later": True}, 503)
NOW = answer({"now": True})


class Item(Response):
    result: dict[str, bool]


def retrying(style: Style, url: str, cls: type = Client, *, times: dict[str, Any] | None = None, **options: Any) -> Any:
    """Return a client that tries again soon."""
    declared = style.declare(cls) if cls is not Client else type("Plain", (Client,), {})
    return style.client(Retry(**{"backoff": 0.01, **options})(declared), url, **(times or {}))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_answer_that_says_later_is_asked_for_again(style: Style, peer: Peer, status: int) -> None:
    peer.on("/x", answer({}, status), answer({}, status), NOW)
    found = style.request(retrying(style, peer.url), "GET", "x")
    assert (found.status, found.data, found.request.tries, len(peer.received)) == (200, {"now": True}, 3, 3)


def test_after_the_last_try_its_answer_is_that_of_the_call(style: Style, peer: Peer) -> None:
    peer.on("/x", LATER)
    client = retrying(style, peer.url, tries=4)
    found = style.request(client, "GET", "x")
    assert (found.status, found.request.tries, len(peer.received)) == (503, 4, 4)
    assert style.request(client, "GET", "other").request.tries == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"])
def test_methods_that_are_not_idempotent_are_sent_once(style: Style, peer: Peer, method: str) -> None:
    peer.on("/x", lambda sock: None)
    found = style.request(retrying(style, peer.url, tries=2), method, "x", data={} if method == "PUT" else None)
    assert isinstance(found.error, Aborted)
    assert found.error.request is not None
    assert found.error.request.tries == len(peer.received) == (2 if method in IDEMPOTENT else 1)


def test_methods_that_are_named_are_sent_again_and_no_others(style: Style, peer: Peer) -> None:
    peer.on("/x", LATER)
    client = retrying(style, peer.url, tries=2, methods=["post"], statuses=(503,))
    style.request(client, "POST", "x", data={"a": 0})
    style.request(client, "GET", "x")
    assert [(each.method, each.body) for each in peer.received] == [("POST", b'{"a":0}')] * 2 + [("GET", b"")]


def test_a_key_makes_a_post_safe_and_is_one_for_all_tries_of_a_call(style: Style, peer: Peer) -> None:
    peer.on("/x", LATER, LATER, NOW, LATER, NOW)
    client = retrying(style, peer.url, idempotency_key=True)
    assert style.request(client, "POST", "x", data=b"1").status == 200
    assert style.request(client, "POST", "x", data=b"2").status == 200
    style.request(client, "GET", "y")
    keys = [each.header(KEY.lower()) for each in peer.received]
    assert [each.body for each in peer.received] == [b"1"] * 3 + [b"2"] * 2 + [b""]
    assert (len(set(keys[:3])), len(set(keys[3:5])), len(set(keys)), keys[-1]) == (1, 1, 3, None)


def test_a_key_of_the_callers_own_is_kept(style: Style, peer: Peer) -> None:
    peer.on("/x", LATER, NOW)
    client = retrying(style, peer.url)
    assert style.request(client, "PATCH", "x", data=b"1", headers={KEY: "own"}).status == 200
    assert [each.header(KEY.lower()) for each in peer.received] == ["own"] * 2


@pytest.mark.parametrize("data", [io.BytesIO(b"once"), "many"])
def test_a_body_that_can_be_read_once_is_sent_once(style: Style, peer: Peer, data: Any) -> None:
    peer.on("/x", LATER)
    style.request(retrying(style, peer.url, tries=2), "PUT", "x", data=data)
    assert len(peer.received) == (2 if data == "many" else 1)


def in_a_minute() -> str:
    return formatdate(time.time() + 60, usegmt=True)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("0", 0, 0),
        ("7", 7, 7),
        (" 7 ", 7, 7),
        ("{in a minute}", 30, 60),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
        ("9" * 99, 10**11, 10**12),
        ("-1", None, None),
        ("soon", None, None),
        ("1.5", None, None),
        ("Wed, 99 Jan 9999999999 00:00:00 GMT", None, None),
        ("", None, None),
    ],
)
def test_what_an_answer_asks_to_wait(text: str, least: float | None, most: float | None) -> None:
    seconds = retry_after([("retry-after", text.replace("{in a minute}", in_a_minute()))])
    if least is None or most is None:
        assert seconds is None
    else:
        assert seconds is not None
        assert least <= seconds <= most


def test_what_an_answer_asks_to_wait_is_waited_for(style: Style, peer: Peer) -> None:
    later = answer({}, 503, ("Retry-After", "1"))
    peer.on("/x", later, NOW)
    began = time.monotonic()
    assert style.request(retrying(style, peer.url), "GET", "x", timeout=5).status == 200
    assert 1 <= time.monotonic() - began < 3


@pytest.mark.parametrize("told", ["9", "date"])
@pytest.mark.parametrize("limit", [{"timeout": 5}, {}])
def test_a_wait_that_is_too_long_is_not_begun(style: Style, peer: Peer, told: str, limit: dict[str, Any]) -> None:
    peer.on("/x", answer({}, 429, ("Retry-After", told.replace("date", in_a_minute()))))
    began = time.monotonic()
    found = style.request(retrying(style, peer.url, longest=60 if limit else 8), "GET", "x", **limit)
    assert (found.status, found.request.tries) == (429, 1)
    assert time.monotonic() - began < 2


def test_the_timeout_of_the_call_is_for_all_tries(style: Style, peer: Peer) -> None:
    peer.on("/x", peer.hang)
    began = time.monotonic()
    found = style.request(retrying(style, peer.url, tries=100, try_timeout=0.4), "GET", "x", timeout=1.5)
    assert isinstance(found.error, TimedOut)
    assert 0.8 <= time.monotonic() - began < 5
    assert found.request.tries == len(peer.received) > 1


def test_a_try_that_takes_too_long_is_made_again(style: Style, peer: Peer) -> None:
    peer.on("/x", peer.hang, NOW)
    found = style.request(retrying(style, peer.url, try_timeout=0.3), "GET", "x")
    assert (found.status, found.request.tries) == (200, 2)


def test_hooks_before_run_once_and_those_after_see_the_last_answer(style: Style, peer: Peer) -> None:
    told: list[Any] = []

    class Hooked:
        @api.get("x")
        def item(self) -> Item: ...

        def process_request(self, request: Any) -> None:
            told.append("request")
            request.headers["X-Signed"] = "a"

        def process_response(self, response: Any) -> None:
            told.append(response.status)

        def handle_error(self, error: Any) -> None:
            told.append(type(error.exception).__name__)

    peer.on("/x", LATER, lambda sock: None, NOW, lambda sock: None)
    client = retrying(style, peer.url, Hooked)
    assert style.call(client.item).result == {"now": True}
    assert told == ["request", 200]
    with pytest.raises(Aborted):
        style.call(client.item)
    assert told == ["request", 200, "request", "Aborted"]
    assert [each.header("x-signed") for each in peer.received] == ["a"] * 6


def test_it_decorates_a_request_function_and_the_innermost_counts(style: Style, peer: Peer) -> None:
    class Some:
        @api.get("x")
        def twice(self) -> Response: ...

        @Retry(tries=1)
        @api.get("x")
        def once(self) -> Response: ...

        @api.get("x")
        @Retry(tries=4, backoff=0)
        def four(self) -> Response: ...

    peer.on("/x", LATER)
    client = retrying(style, peer.url, Some, tries=2)
    assert [style.call(each).request.tries for each in (client.twice, client.once, client.four)] == [2, 1, 4]


def test_waiting_can_be_cancelled_and_leaves_the_loop_free(peer: Peer) -> None:
    peer.on("/x", answer({}, 503, ("Retry-After", "30")))

    async def main() -> None:
        client = Retry()(type("Plain", (Client,), {}))(peer.url)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.async_get("x"), 0.5)

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("options", "error", "named"),
    [
        ({"tries": 0}, ValueError, "tries"),
        ({"tries": 101}, ValueError, "tries"),
        ({"tries": True}, TypeError, "tries"),
        ({"tries": 1.5}, TypeError, "tries"),
        ({"statuses": 503}, TypeError, "statuses"),
        ({"statuses": ["503"]}, TypeError, "statuses"),
        ({"statuses": [99]}, ValueError, "statuses"),
        ({"methods": "GET"}, TypeError, "methods"),
        ({"methods": [1]}, TypeError, "methods"),
        ({"try_timeout": 0}, ValueError, "try_timeout"),
        ({"try_timeout": "1"}, TypeError, "try_timeout"),
        ({"backoff": -1}, ValueError, "backoff"),
        ({"backoff": "1"}, TypeError, "backoff"),
        ({"longest": 0}, ValueError, "longest"),
        ({"longest": None}, TypeError, "longest"),
        ({"idempotency_key": "key"}, TypeError, "idempotency_key"),
    ],
)
def test_a_wrong_option_is_refused_by_its_name(options: dict[str, Any], error: type[Exception], named: str) -> None:
    with pytest.raises(error, match=named):
        Retry(**options)


def test_it_decorates_clients_alone() -> None:
    for target in (api.API, type("Mine", (api.API,), {}), 1, Client()):
        with pytest.raises(TypeError, match="Retry decorates a Client"):
            Retry()(target)  # type: ignore[type-var]


def test_an_endpoint_under_it_is_refused_when_the_application_is_built() -> None:
    class RootAPI(api.API):
        @api.get
        @Retry()
        def item(self) -> int:
            return 1

    assert "RootAPI.item: the plugin Retry is for requests of a Client" in refusal(RootAPI)
