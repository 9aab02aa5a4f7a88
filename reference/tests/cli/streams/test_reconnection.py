"""Events that are asked for again when their connection has ended (WHATWG HTML, 9.2.3)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from peer import Peer, answer
from replies import broken, each, endless, stream
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Aborted, ArgumentError, TimedOut, UnexpectedResponse
from utilmeta.core.cli.streams import reconnection
from utilmeta.core.response import NDJSONResponse, Response, ServerSentEvent, SSEResponse

SOON = b"retry: 10\n\n"


class Feed:
    @api.get
    def feed(self) -> SSEResponse[ServerSentEvent]: ...

    @api.get("feed", timeout=0.5)
    def hasty(self) -> SSEResponse[ServerSentEvent] | Response: ...

    @api.get
    def lines(self) -> NDJSONResponse[int]: ...


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reconnection, "WAIT", 0.01)
    yield


def event(data: int) -> bytes:
    return b"id: %d\ndata: %d\n\n" % (data, data)


def all_of(style: Style, peer: Peer, **options: Any) -> list[str]:
    return [each.data for each in each(style, style.call(style.client(Feed, peer.url, **options).feed))]


def last_ids(peer: Peer) -> list[str | None]:
    return [request.header("last-event-id") for request in peer.received]


def test_nothing_is_sent_again_unasked(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(SOON, event(1)))
    assert all_of(style, peer) == ["1"]
    assert len(peer.received) == 1


def test_events_go_on_after_the_last_one_until_204(style: Style, peer: Peer) -> None:
    peer.on(
        "/feed",
        stream(SOON, event(1), b"id: 9\ndata: unfinished\n"),
        broken(event(2)),
        stream(b"data: 3\n\n"),
        answer(None, 204),
    )
    assert all_of(style, peer, reconnects=2) == ["1", "2", "3"]
    assert last_ids(peer) == [None, "1", "2", "2"]


def test_so_many_times_in_a_row_is_enough(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(event(1)), *[stream(b":\n\n")] * 2, stream(event(2)), stream(b":\n\n"))
    assert all_of(style, peer, reconnects=3) == ["1", "2"]
    assert len(peer.received) == 7


def test_the_last_failure_is_raised(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(event(1)), lambda sock: None)
    client = style.client(Feed, peer.url, reconnects=2)
    items = each(style, style.call(client.feed))
    assert next(items).data == "1"
    with pytest.raises(Aborted):
        next(items)
    assert last_ids(peer) == [None, "1", "1"]


def test_another_answer_is_an_error(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(event(1)), answer({}, 500))
    items = each(style, style.call(style.client(Feed, peer.url, reconnects=5).feed))
    next(items)
    with pytest.raises(UnexpectedResponse, match="asked for again, and the answer 500 is none"):
        next(items)
    assert len(peer.received) == 2


def test_the_stream_says_how_long_to_wait(style: Style, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnection, "MOST_WAIT", 0.5)
    peer.on("/feed", stream(b"retry: 200\n\n", event(1)), stream(b"retry: 999999999\n", event(2)), answer(None, 204))
    begin = time.monotonic()
    all_of(style, peer, reconnects=1)
    assert 0.7 <= time.monotonic() - begin < 5


def test_the_time_of_a_call_bounds_all_connections(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(SOON, event(1)))
    client = style.client(Feed, peer.url, reconnects=1)
    begin = time.monotonic()
    with pytest.raises(TimedOut):
        for _ in each(style, style.call(client.hasty)):
            pass
    assert 0.4 < time.monotonic() - begin < 5
    assert len(peer.received) > 2


def test_the_time_of_the_client_is_for_each_head(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(b"retry: 300\n\n", event(1)), stream(event(2)), answer(None, 204))
    assert all_of(style, peer, reconnects=1, default_timeout=0.4) == ["1", "2"]
    peer.on("/feed", stream(event(1)), peer.hang)
    with pytest.raises(TimedOut):
        all_of(style, peer, reconnects=1, default_timeout=0.2)


def test_an_id_that_no_header_can_hold_is_an_error(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream("id: \u20ac\ndata: 1\n\n".encode()))
    with pytest.raises(ArgumentError, match="Last-Event-ID"):
        all_of(style, peer, reconnects=1)


def test_lines_are_never_asked_for_again(style: Style, peer: Peer) -> None:
    peer.on("/lines", stream(b"1\n", kind=b"application/jsonl"), broken(b"1\n", kind=b"application/jsonl"))
    client = style.client(Feed, peer.url, reconnects=5)
    assert list(each(style, style.call(client.lines))) == [1]
    with pytest.raises(Aborted):
        list(each(style, style.call(client.lines)))
    assert len(peer.received) == 2


def test_an_endless_stream_can_be_left(style: Style, peer: Peer) -> None:
    peer.on("/feed", endless(event(1)))
    items = each(style, style.call(style.client(Feed, peer.url, reconnects=5).feed))
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert len(peer.received) == 1
