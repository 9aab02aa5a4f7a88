"""Streams of clients: events by their classes, lines of JSON, and when their connections are closed."""

from __future__ import annotations

import asyncio
import gc
import time
import tracemalloc
from typing import Any

import pytest
from peer import Peer, answer, redirect
from replies import EVENTS, PATIENCE, broken, chunks, close, each, endless, held, stream
from style import Style

from utilmeta.core import api
from utilmeta.core.api import API
from utilmeta.core.cli import Aborted, Client, StreamError, TimedOut, UnexpectedResponse
from utilmeta.core.response import NDJSONResponse, Response, ServerSentEvent, SSEResponse
from utilmeta.core.response.template import compile_template
from utilmeta.utils.exceptions import DeclarationError

LINES = b"application/x-ndjson"


class Added(ServerSentEvent):
    event = "added"
    data: dict[str, int]


class Said(ServerSentEvent):
    event = "said"
    data: str


class Counted(ServerSentEvent):
    event = "added"
    data: int


class Missing(Response):
    status = 404


class Feed:
    @api.get
    def feed(self) -> SSEResponse[Added | Said]: ...

    @api.get("feed")
    def plain(self) -> SSEResponse: ...

    @api.get("feed")
    def either(self) -> SSEResponse[Added | ServerSentEvent]: ...

    @api.get("feed")
    def twice(self) -> SSEResponse[Added | Counted]: ...

    @api.get("feed")
    def maybe(self) -> SSEResponse[Added] | Missing | Response[dict]: ...

    @api.get("feed", timeout=0.5)
    def hasty(self) -> SSEResponse[Added | Said]: ...

    @api.get
    def lines(self) -> NDJSONResponse[int]: ...

    @api.get("lines")
    def values(self) -> NDJSONResponse: ...


ADDED = b'event: added\nid: 7\nretry: 20\ndata: {"n":\ndata: 1}\n\n'
SAID = b"event: said\ndata: 1\n\n"


def told(event: ServerSentEvent) -> tuple[Any, ...]:
    return type(event).__name__, event.event, event.data, event.id, event.retry


@pytest.mark.parametrize("size", [0, 1, 5])
def test_events_are_of_the_class_of_their_name(style: Style, peer: Peer, size: int) -> None:
    peer.on("/feed", stream(ADDED, SAID, size=size))
    found = style.call(style.client(Feed, peer.url).feed)
    assert (type(found).__mro__[1], found.status, found.result, found.data) == (SSEResponse, 200, None, None)
    assert found.headers["content-type"] == EVENTS.decode()
    assert list(map(told, each(style, found))) == [
        ("Added", "added", {"n": 1}, "7", 20),
        ("Said", "said", "1", "7", None),
    ]


def test_each_event_is_there_before_the_next(style: Style, peer: Peer) -> None:
    peer.on("/feed", waiting := held(peer, SAID + b"event: sa"))
    found = style.call(style.client(Feed, peer.url).feed)
    assert next(each(style, found)).data == "1"
    close(style, found)
    assert waiting.left.wait(PATIENCE)  # type: ignore[attr-defined]


def test_a_plain_event_takes_what_has_no_class(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(SAID, b"event: added\ndata: x\n\n", b"data: 1\n\n"))
    client = style.client(Feed, peer.url)
    plain = [("ServerSentEvent", *rest) for rest in (("said", "1"), ("added", "x"), ("message", "1"))]
    for function in (client.either, client.plain):
        assert [told(event)[:3] for event in each(style, style.call(function))] == plain


def test_of_classes_with_one_name_the_first_that_parses_is_taken(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(b"event: added\ndata: 1\n\n", ADDED))
    found = style.call(style.client(Feed, peer.url).twice)
    assert [type(event) for event in each(style, found)] == [Counted, Added]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (b"event: other\ndata: secret\n\n", "the event 'other' is of no class; there are 'added', 'said'"),
        (b"event: added\ndata: secret\n\n", "Added: it is no JSON"),
        (b'event: added\ndata: {"n": "secret"}\n\n', "Added: n: Input should be a valid integer"),
        (b"event: added\ndata: " + b"[" * 100_000 + b"\n\n", "Added: it is nested too deeply"),
    ],
)
def test_an_event_that_fits_no_class_is_an_error(style: Style, peer: Peer, event: bytes, why: str) -> None:
    peer.on("/feed", waiting := held(peer, SAID, event))
    found = each(style, style.call(style.client(Feed, peer.url).feed))
    assert next(found).data == "1"
    with pytest.raises(StreamError) as raised:
        next(found)
    assert why in str(raised.value)
    assert "secret" not in str(raised.value)
    assert waiting.left.wait(PATIENCE)  # type: ignore[attr-defined]


def test_an_event_has_a_limit(style: Style, peer: Peer) -> None:
    peer.on("/feed", waiting := held(peer, SAID, b"event: said\ndata: " + b"x" * 2000))
    found = each(style, style.call(style.client(Feed, peer.url, max_event_size=1000).feed))
    next(found)
    with pytest.raises(StreamError, match="an event is larger than 1000 bytes"):
        next(found)
    assert waiting.left.wait(PATIENCE)  # type: ignore[attr-defined]


def test_lines_are_values(style: Style, peer: Peer) -> None:
    peer.on(
        "/lines", stream(b"1\n\r\n2", b"3\n \n4", kind=LINES), stream(b'{"a": []}\n\nnull\n', kind=b"application/jsonl")
    )
    client = style.client(Feed, peer.url)
    assert list(each(style, style.call(client.lines))) == [1, 23, 4]
    assert list(each(style, style.call(client.values))) == [{"a": []}, None]


@pytest.mark.parametrize(
    ("line", "why"), [(b'"x"\n', "valid integer"), (b"{\n", "no JSON"), (b"1" * 2000, "1000 bytes")]
)
def test_a_line_that_does_not_fit_is_an_error(style: Style, peer: Peer, line: bytes, why: str) -> None:
    peer.on("/lines", stream(b"1\n", line, kind=LINES))
    found = each(style, style.call(style.client(Feed, peer.url, max_event_size=1000).lines))
    assert next(found) == 1
    with pytest.raises(StreamError, match=why):
        next(found)


# --- when a connection is closed ---


@pytest.mark.parametrize("within", [False, True])
def test_a_stream_that_ends_leaves_its_connection(style: Style, peer: Peer, within: bool) -> None:
    peer.on("/feed", stream(SAID))
    client = style.client(Feed, peer.url)

    def ask() -> None:
        for _ in range(3):
            assert len(list(each(style, style.call(client.feed)))) == 1

    if within:
        with style.within(client):
            ask()
    else:
        ask()
    assert len(peer.sockets) == (3 if style.awaits and not within else 1)


def leave_by_break(found: Any) -> None:
    for _ in found:
        break


def leave_by_exception(found: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        for _ in found:
            raise ZeroDivisionError


async def aleave_by_break(found: Any) -> None:
    async for _ in found:
        break


async def aleave_by_exception(found: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        async for _ in found:
            raise ZeroDivisionError


async def left(waiting: Any) -> bool:
    """Return whether the client leaves, seen from its own event loop."""
    until = time.monotonic() + PATIENCE
    while not waiting.left.is_set() and time.monotonic() < until:
        await asyncio.sleep(0.02)
    return bool(waiting.left.is_set())


@pytest.mark.parametrize("leave", ["break", "exception", "with", "garbage", "cancel"])
def test_a_stream_that_is_left_is_closed(style: Style, peer: Peer, leave: str) -> None:
    peer.on("/feed", waiting := held(peer, SAID))
    client = style.client(Feed, peer.url)
    if not style.awaits:
        found = client.feed()
        if leave == "with":
            with found:
                next(iter(found))
        elif leave == "garbage":
            del found
            gc.collect()
        elif leave == "cancel":
            pytest.skip("plain calls are not cancelled")
        else:
            {"break": leave_by_break, "exception": leave_by_exception}[leave](found)
        assert waiting.left.wait(PATIENCE)  # type: ignore[attr-defined]
        return

    async def whole() -> bool:
        async with client:
            found = await client.feed()
            if leave == "with":
                async with found:
                    await anext(aiter(found))
            elif leave == "garbage":
                del found
                gc.collect()
            elif leave == "cancel":
                task = asyncio.create_task(anext(items := aiter(found)))
                await task
                task = asyncio.create_task(anext(items))
                await asyncio.sleep(0.05)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            else:
                await {"break": aleave_by_break, "exception": aleave_by_exception}[leave](found)
            return await left(waiting)

    assert style.wait(whole())


@pytest.mark.parametrize("backend", ["urllib", "requests"])
def test_a_library_that_only_calls_is_awaited_in_threads(peer: Peer, backend: str) -> None:
    class Awaited(Client):
        @api.get
        async def feed(self) -> SSEResponse[Said]: ...

    peer.on("/feed", waiting := held(peer, SAID, SAID))

    async def whole() -> bool:
        found = await Awaited(peer.url, backend=backend).feed()
        items = aiter(found)
        assert [(await anext(items)).data, (await anext(items)).data] == ["1", "1"]
        task = asyncio.create_task(anext(items))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await left(waiting)

    assert asyncio.run(whole())


def test_a_stream_is_iterated_once_and_in_its_style(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(SAID))
    found = style.call(style.client(Feed, peer.url).feed)
    with pytest.raises(TypeError, match="is iterated by"):
        next(iter(found)) if style.awaits else aiter(found)
    if style.awaits:
        with pytest.raises(TypeError, match="aclose"):
            found.close()
    assert len(list(each(style, found))) == 1
    with pytest.raises(StreamError, match="iterated once"):
        list(each(style, found))


def test_nothing_comes_of_a_stream_that_was_closed(style: Style, peer: Peer) -> None:
    peer.on("/feed", held(peer, SAID))
    found = style.call(style.client(Feed, peer.url, reconnects=5).feed)
    items = each(style, found)
    next(items)
    close(style, found)
    assert list(items) == []
    close(style, found)
    assert len(peer.received) == 1


# --- what is no stream, and what goes wrong ---


def test_an_answer_that_is_no_stream_is_read_by_the_other_templates(style: Style, peer: Peer) -> None:
    peer.on("/feed", answer({"n": 1}), answer({}, 404), answer(ADDED, 404, kind="text/event-stream"), stream(ADDED))
    client = style.client(Feed, peer.url)
    assert style.call(client.maybe).result == {"n": 1}
    assert [type(style.call(client.maybe)) for _ in range(2)] == [Missing, Missing]
    assert [event.data for event in each(style, style.call(client.maybe))] == [{"n": 1}]


def test_an_answer_that_is_no_stream_is_an_error_where_nothing_else_is_annotated(style: Style, peer: Peer) -> None:
    peer.on("/feed", answer({"n": 1}, 500))
    with pytest.raises(UnexpectedResponse) as raised:
        style.call(style.client(Feed, peer.url).feed)
    assert (raised.value.response.status, raised.value.response.data) == (500, {"n": 1})
    silent = style.call(style.client(Feed, peer.url, fail_silently=True).feed)
    assert (type(silent), silent.status) == (Response, 500)


def test_redirects_cookies_and_hooks_are_as_of_other_calls(style: Style, peer: Peer) -> None:
    class Hooked(Feed):
        seen: list[Any] = []

        @api.get
        def start(self) -> SSEResponse[Said]: ...

        @api.before(start)
        def sign(self, request: Any) -> None:
            request.headers["X-Signed"] = "1"

        def process_response(self, response: Any) -> None:
            self.seen.append(response.status)

    peer.on("/start", redirect(peer.url + "/feed", 302, ("Set-Cookie", "a=1")))
    peer.on("/feed", stream(SAID))
    client = style.client(type("Hooked", (), dict(vars(Hooked))), peer.url, allow_redirects=True)
    assert len(list(each(style, style.call(client.start)))) == 1
    assert (peer.last.header("x-signed"), peer.last.header("cookie"), client.seen) == ("1", "a=1", [200])
    assert peer.last.header("accept") == "text/event-stream, */*;q=0.1"


def test_a_stream_that_ends_too_early_is_an_abort(style: Style, peer: Peer) -> None:
    peer.on("/feed", broken(SAID, b"event: said\ndata: 2\n"))
    items = each(style, style.call(style.client(Feed, peer.url).feed))
    assert next(items).data == "1"
    with pytest.raises(Aborted, match="/feed: the stream ended too early"):
        next(items)


def test_a_short_stream_is_an_abort(style: Style, peer: Peer) -> None:
    short = answer(SAID, 200, ("Connection", "close"), kind="text/event-stream")
    peer.on("/feed", short.replace(b"Content-Length: 2", b"Content-Length: 3"))
    items = each(style, style.call(style.client(Feed, peer.url).feed))
    assert next(items).data == "1"
    with pytest.raises(Aborted):
        next(items)


def test_the_time_of_the_client_is_until_the_head(style: Style, peer: Peer) -> None:
    peer.on("/feed", endless(SAID, 0.05))
    items = each(style, style.call(style.client(Feed, peer.url, default_timeout=0.3).feed))
    assert len([next(items) for _ in range(15)]) == 15
    items.close()  # type: ignore[attr-defined]
    peer.on("/feed", peer.hang)
    with pytest.raises(TimedOut, match=r"within 0\.3 seconds"):
        style.call(style.client(Feed, peer.url, default_timeout=0.3).feed)


@pytest.mark.parametrize("reply", ["endless", "held"])
def test_the_time_of_a_call_bounds_all_of_its_stream(style: Style, peer: Peer, reply: str) -> None:
    peer.on("/feed", endless(SAID) if reply == "endless" else held(peer, SAID))
    client = style.client(Feed, peer.url, default_timeout=0.5)
    begin = time.monotonic()
    with pytest.raises(TimedOut, match=r"did not go on within 0\.5 seconds"):
        list(each(style, style.call(client.hasty)))
    assert time.monotonic() - begin < PATIENCE


def test_memory_does_not_grow_with_the_stream(style: Style, peer: Peer) -> None:
    piece = chunks((b"event: said\ndata: " + b"x" * 1000 + b"\n\n") * 60)

    def much(sock: Any) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(200):
            sock.sendall(piece)
        sock.sendall(b"0\r\n\r\n")

    peer.on("/feed", much)
    found = style.call(style.client(Feed, peer.url).feed)
    tracemalloc.start()
    assert sum(1 for _ in each(style, found)) == 12_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


# --- declarations ---


def test_what_an_event_stream_cannot_have_is_a_mistake() -> None:
    class Numbers(Client):
        @api.get
        def feed(self) -> SSEResponse[int]: ...

    with pytest.raises(DeclarationError, match=r"Numbers\.feed: SSEResponse\[\.\.\.\] takes subclasses"):
        Numbers("http://localhost")
    with pytest.raises(DeclarationError, match="event is the name of an event"):
        type("Wrong", (ServerSentEvent,), {"event": "a\nb"})


def test_a_service_makes_no_stream() -> None:
    with pytest.raises(DeclarationError, match="SSEResponse is a stream, which clients alone read"):
        SSEResponse([])


@pytest.mark.parametrize("template", [SSEResponse, SSEResponse[Said], NDJSONResponse[int]])
def test_no_class_of_a_service_answers_by_streams(template: Any) -> None:
    class Root(API):
        response = template

        @api.get
        def numbers(self) -> list[int]: ...

    with pytest.raises(DeclarationError, match=r"Root\.response is a stream"):
        compile_template(Root.numbers, [Root])


def test_no_endpoint_answers_by_the_stream_of_a_client(style: Style, peer: Peer) -> None:
    peer.on("/feed", stream(SAID))
    found = style.call(style.client(Feed, peer.url).feed)
    with pytest.raises(DeclarationError, match=r"SSEResponse.* is a stream"):
        _ = found.content
    close(style, found)


def test_an_event_does_not_show_its_data() -> None:
    event = ServerSentEvent("a", {"secret": 1}, "1", 5)
    assert (repr(event), event.event, event.data, event.id, event.retry) == (
        "<ServerSentEvent 'a'>",
        "a",
        {"secret": 1},
        "1",
        5,
    )
