"""Parsing of server-sent events (WHATWG HTML, 9.2.6) and of lines of JSON, cut at any byte."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from utilmeta.core.cli.streams.events import Event, EventParser
from utilmeta.core.cli.streams.lines import LineParser, TooLarge

MUCH = 1 << 20


def parsed(stream: bytes, size: int) -> list[Event]:
    parser = EventParser(MUCH)
    return [event for at in range(0, len(stream), size) for event in parser.feed(stream[at : at + size])]


def message(data: str, id: str = "", retry: int | None = None) -> Event:
    return Event("message", data, id, retry)


STREAMS: dict[str, tuple[bytes, list[Event]]] = {
    "ends of lines": (b"data: a\n\ndata: b\r\rdata: c\r\n\r\ndata: d\n\r", [message(each) for each in "abcd"]),
    "two ends are two": (b"data: a\r\n\ndata: b\n\r\n", [message("a"), message("b")]),
    "lines of data": (b"data: a\ndata\ndata:  b\n\n", [message("a\n\n b")]),
    "byte order mark": (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", [message("a")]),
    "comments": (b": data: x\n:\ndata: a\n: y\n\n:\n\n", [message("a")]),
    "name": (b"event: n\ndata: a\n\ndata: b\n\nevent\ndata: c\n\n", [Event("n", "a", "", None), *map(message, "bc")]),
    "without data": (b"event: n\n\ndata: a\n\nid: 1\n\ndata: b\n\n", [message("a"), message("b", "1")]),
    "empty data": (b"data\n\ndata:\ndata:\n\n", [message(""), message("\n")]),
    "id": (b"id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n",
           [message("a", "1"), message("b", "1"), message("c", "1"), message("d")]),
    "retry": (b"retry: 10\ndata: a\n\nretry: 1x\ndata: b\n\nretry: -1\ndata: c\n\nretry:\xd9\xa1\ndata: d\n\n",
              [message("a", retry=10), *map(message, "bcd")]),
    "other fields": (b"Data: x\ndatum: y\n data: z\ndata: a\n\n", [message("a")]),
    "one space goes": (b"data:  a\n\ndata:\ta\n\ndata:a:b\n\n", [message(" a"), message("\ta"), message("a:b")]),
    "unfinished": (b"data: a\n\ndata: b\n", [message("a")]),
    "UTF-8": ("data: \u20ac\U0001f600\u2028x\x85y\n\n".encode() + b"data: \xff\xe2\x82\n\n",
              [message("\u20ac\U0001f600\u2028x\x85y"), message("\ufffd\ufffd")]),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("name", STREAMS)
def test_events_are_those_of_the_standard(name: str, size: int) -> None:
    stream, expected = STREAMS[name]
    assert parsed(stream, size) == expected


@pytest.mark.parametrize(("digits", "least"), [(b"0", 0), (b"9" * 5000, 10**14)])
def test_a_time_may_have_many_digits(digits: bytes, least: int) -> None:
    (event,) = parsed(b"retry: " + digits + b"\ndata: a\n\n", 100)
    assert event.retry is not None
    assert event.retry >= least


def test_the_last_id_is_of_an_event_that_is_whole() -> None:
    parser = EventParser(MUCH, "0")
    found = list(parser.feed(b"data: a\n\nid: 1\n\nid: 2\ndata: b\n"))
    assert (found, parser.last_id) == ([message("a", "0")], "1")


TOO_LARGE = {
    "a line": b"data: " + b"x" * 100,
    "many lines": b"data: x\n" * 20,
    "a line that is whole": b"data: " + b"x" * 100 + b"\n\n",
    "a comment": b":" + b"x" * 100,
    "names": b"event: xxxxxxxx\n" * 20,
}


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize("name", TOO_LARGE)
def test_an_event_has_a_limit(name: str, size: int) -> None:
    parser, stream = EventParser(100), TOO_LARGE[name]
    with pytest.raises(TooLarge, match="larger than 100 bytes"):
        for at in range(0, len(stream), size):
            list(parser.feed(stream[at : at + size]))


def test_many_events_within_the_limit_are_none_too_large() -> None:
    parser = EventParser(100)
    assert sum(len(list(parser.feed(b": " + b"x" * 90 + b"\ndata: " + b"y" * 80 + b"\n\n"))) for _ in range(100)) == 100


def test_memory_does_not_grow_with_events() -> None:
    parser, piece = EventParser(MUCH), b"id: 1\nevent: n\ndata: " + b"x" * 1000 + b"\n\n"
    tracemalloc.start()
    for _ in range(20_000):
        assert len(list(parser.feed(piece))) == 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000


@pytest.mark.parametrize("size", [1, 2, 100])
def test_lines_end_at_lf_alone_and_empty_ones_are_left_out(size: int) -> None:
    parser, stream = LineParser(MUCH), b'1\r\n\n \n[\r2]\n\n"\xe2\x80\xa8"'
    found: list[Any] = [line for at in range(0, len(stream), size) for line in parser.feed(stream[at : at + size])]
    assert [*found, *parser.end()] == [b"1\r", b"[\r2]", b'"\xe2\x80\xa8"']


@pytest.mark.parametrize("stream", [b"x" * 11, b"x" * 11 + b"\n", b"1\n" + b" " * 11])
def test_a_line_has_a_limit(stream: bytes) -> None:
    with pytest.raises(TooLarge, match="larger than 10 bytes"):
        list(LineParser(10).feed(stream))
