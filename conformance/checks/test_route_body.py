"""ROUTE: bodies that come in chunks, lie about their length, do not end, or hold another request (ROUTE-6)."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from typing import Any

import pytest

from conformance.checks import server, wire
from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import number, word
from conformance.checks.raw_requests import CHUNKED, CLOSE, JSON, chunked, raw
from conformance.checks.result import result
from conformance.checks.security_launches import Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.target.exchange import Exchange
from conformance.target.target import Target


def sent_whole() -> tuple[dict[str, Any], bytes]:
    """Some data, and its JSON."""
    data = {word(): [number(), word() * 40]}
    return data, jsonlib.dumps(data).encode()


def decodes_chunks(target: Target) -> bool:
    """Whether the variant's in-process server decodes a chunked body."""
    return server.decodes_chunks(target.shared("body_endpoints"))


def whole_or_refused(target: Target, answer: Exchange, data: Any) -> None:
    """The endpoint had the whole body; where the server does not decode chunks, 411 and the connection has closed."""
    if decodes_chunks(target):
        assert result(answer) == data
    else:
        assert answer.status == 411, str(answer)


@must("ROUTE-6", kills="route_chunked_body_is_empty")
@pytest.mark.parametrize("cuts", [[], [1], [1, 2, 7], [20, 40, 60]], ids=["one", "two", "four", "long"])
def test_a_chunked_body_reaches_the_endpoint_whole_or_is_refused(target: Target, cuts: list[int]) -> None:
    data, body = sent_whole()
    parts = [body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    for service in server.each(target, "body_endpoints"):
        answer = service.send_until_closed(raw("POST", "/api/echo", JSON, CHUNKED, CLOSE, body=chunked(*parts)), "POST")
        whole_or_refused(target, answer, data)


@must("ROUTE-6", kills="route_chunked_body_is_an_empty_object")
@pytest.mark.parametrize("case", ["extension", "trailer", "length too"])
def test_a_chunked_body_of_a_rarer_form_is_whole_or_refused(target: Target, case: str) -> None:
    data, body = sent_whole()
    extension = b";name=value" if case == "extension" else b""
    trailer = b"X-Trailer: value\r\n" if case == "trailer" else b""
    more = [("Content-Length", "7")] if case == "length too" else []
    coded = b"%x%s\r\n%s\r\n0\r\n%s\r\n" % (len(body), extension, body, trailer)
    for service in server.each(target, "body_endpoints"):
        answer = service.send_until_closed(raw("POST", "/api/echo", JSON, CHUNKED, *more, CLOSE, body=coded), "POST")
        if answer.status == 200:
            assert answer.json() == data, str(answer)
        else:
            assert answer.status in (400, 411), f"{server.name(service)}: {answer}"


@must("ROUTE-6", start=Start.SCRIPT, kills="route_body_behind_its_head_missed")
def test_a_body_that_comes_a_moment_after_its_head_reaches_the_endpoint(exposed: Exposed) -> None:
    service = exposed.under()
    for tenths in [*range(10)] * 4:  # of a millisecond
        data, body = sent_whole()
        head = raw("POST", "/api/echo", JSON, ("Content-Length", str(len(body))), CLOSE)
        heard = wire.say_in_parts(service.address, [head, body[:5], body[5:]], tenths / 10_000)
        assert heard.statuses == [200], heard
        content = heard.received[heard.received.index(b"{") : heard.received.rindex(b"}") + 1]
        assert jsonlib.loads(content) == data, heard


# Some of them Python's `int` takes for the very length that the body has.
NO_NUMBERS: dict[str, Callable[[int], str]] = {
    "letters": lambda length: "abc",
    "negative": lambda length: "-1",
    "negative, the length": lambda length: f"-{length}",
    "signed": lambda length: f"+{length}",
    "fraction": lambda length: f"{length}.0",
    "hexadecimal": lambda length: hex(length),
    "underscore": lambda length: f"0_{length}",
    "Arabic digits": lambda length: (
        "".join(chr(0x660 + int(digit)) for digit in str(length)).encode().decode("latin-1")
    ),
    "superscript": lambda length: "\xb2",
    "two lengths": lambda length: f"{length}, {length + 1}",
}


@must("ROUTE-6", kills="route_length_as_int_has_it")
@pytest.mark.parametrize("case", NO_NUMBERS)
def test_a_content_length_that_is_no_number_is_a_bad_request(target: Target, case: str) -> None:
    _, body = sent_whole()
    length = ("Content-Length", NO_NUMBERS[case](len(body)))
    for service in server.each(target, "body_endpoints"):
        answer = service.send_until_closed(raw("POST", "/api/echo", JSON, length, CLOSE, body=body), "POST")
        assert answer.status == 400, f"{server.name(service)}: {answer}"


# Each is the beginning of a body that does not come to its end, and would be valid as it is.
UNENDED = {
    "shorter than its length": (("Content-Length", "{more}"), "{body}"),
    "chunked, no last chunk": (CHUNKED, "{size:x}\r\n{body}\r\n"),
    "chunked, half a chunk": (CHUNKED, "{more:x}\r\n{body}"),
    "chunked, a size that is no number": (CHUNKED, "{size:x}\r\n{body}\r\nzz\r\n\r\n"),
}


@must("ROUTE-6", kills="route_short_body_taken_as_it_is")
@pytest.mark.parametrize("case", UNENDED)
def test_a_body_that_does_not_come_to_its_end_reaches_no_endpoint(target: Target, case: str) -> None:
    (name, value), form = UNENDED[case]
    _, body = sent_whole()
    sizes = {"size": len(body), "more": len(body) + 9}
    field = (name, value.format(**sizes))
    for service in server.each(target, "body_endpoints"):
        data = raw("POST", "/api/echo", JSON, field, body=form.format(body=body.decode(), **sizes).encode())
        answer = service.send_and_leave(data, "POST")
        if answer is not None:
            assert answer.status in (400, 411), f"{server.name(service)}: {answer}"
        assert service.get("/api/nonce").text == service.nonce


PATHS = {
    "declared": ("POST", "/api/echo"),
    "undeclared": ("POST", "/api/undeclared"),
    "unknown path": ("POST", "/api/nowhere"),
    "other method": ("POST", "/api/nonce"),
    "another type": ("POST", "/api/echo"),
    "too large": ("POST", "/api/echo"),
}


@must("ROUTE-6", kills="route_kept_alive_after_chunks_unread")
@pytest.mark.parametrize("coding", ["chunked", "length"])
@pytest.mark.parametrize("case", PATHS)
def test_a_body_is_never_taken_for_the_next_request(target: Target, case: str, coding: str) -> None:
    method, path = PATHS[case]
    smuggled, following = word(), word()
    body = raw("GET", f"/api/word/{smuggled}") + (b" " * 5000 if case == "too large" else b"")
    kind = ("Content-Type", "text/plain") if case == "another type" else JSON
    coded, field = body, ("Content-Length", str(len(body)))
    if coding == "chunked":
        coded, field = chunked(b"\r\n", body), CHUNKED
    next_request = raw("GET", f"/api/word/{following}", CLOSE)
    for service in server.each(target, "body_endpoints"):
        limited = target.shared("body_endpoints", max_body_size=1000) if case == "too large" else service
        answer = limited.send_until_closed(raw(method, path, kind, field, body=coded) + next_request, method)
        assert smuggled.encode() not in answer.received, f"{server.name(service)}: {answer}"
        if answer.status == 200:
            assert answer.text == limited.nonce, str(answer)
        else:
            assert answer.status in REFUSALS, str(answer)
        after = answer.trailing
        assert not after or (after.startswith(b"HTTP/1.1 200 ") and following.encode() in after), (
            f"{server.name(service)}: {answer}"
        )
