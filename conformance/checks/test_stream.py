"""STREAM: server-sent events and lines of JSON that a client reads while they arrive."""

from __future__ import annotations

import json
from typing import Any

from conformance.checks.client_probe import Clients, called_by, kind, raised
from conformance.checks.random_values import chosen, number, word
from conformance.contract.check import must
from conformance.services.peer import Peer, Request, Script, by_path, in_turn
from conformance.services.peer_replies import STALLS, Reply, reply
from conformance.services.peer_streams import NDJSON, breaks, chunked, held, paced

MUCH = 8.0  # seconds that a call with a timeout takes at most, on a busy machine
MEBIBYTE = 1 << 20
LIMIT = 1000  # bytes


def streamed(clients: Clients, client: str, base: str, *reads: Any, **options: Any) -> list[Any]:
    """The facts of streams of a client, each read as `(function, path, way to leave it, items before, URL to look)`."""
    told = called_by(
        clients.target,
        "client_streams",
        "streamed",
        client=client,
        library=clients.library.name,
        style=clients.library.style,
        base=base,
        reads=[(name, [path], *more) for name, path, *more in reads],
        options=options,
    )
    facts: list[Any] = told["facts"]
    return facts


def said(text: str) -> bytes:
    """An event of the class Said."""
    return f"event: said\ndata: {text}\n\n".encode()


def added(value: object) -> bytes:
    """An event of the class Added."""
    return f"event: added\ndata: {json.dumps(value)}\n\n".encode()


def item(kind: str, event: str, data: object) -> dict[str, object]:
    """An event as the scenario tells it."""
    return {"class": kind, "event": event, "data": data}


def items(facts: Any) -> list[Any]:
    """The items of a stream that ended without an error; AssertionError with what was raised instead."""
    assert "raised" not in facts, "\n".join(facts["raised"]["texts"])
    found: list[Any] = facts["items"]
    return found


def datas(facts: Any) -> list[Any]:
    """The data of its events."""
    return [each["data"] for each in items(facts)]


def looking(server: list[Peer], script: Script) -> Script:
    """A script that says at /state how many connections of the first peer are open."""
    return lambda request: reply({"open": server[0].open}) if request.path == "/state" else script(request)


@must("STREAM-g7", kills=("stream_events_as_plain", "stream_first_class_for_every_event"))
def test_each_event_is_of_the_class_of_its_name(clients: Clients) -> None:
    text, value = word(), number()
    with clients.peer(by_path({"/a": chunked(said(text), added({"n": value}), added({}), said("0"))})) as server:
        (facts,) = streamed(clients, "events", server.origin, ("both", "a"))
    assert items(facts) == [
        item("Said", "said", text),
        item("Added", "added", {"n": value}),
        item("Added", "added", {}),
        item("Said", "said", "0"),
    ]


@must("STREAM-1a", kills=("stream_read_whole", "stream_events_one_late"))
def test_an_event_is_there_before_the_answer_ends(clients: Clients) -> None:
    text, value = word(), number()
    replies = {"/a": held(said(text) + b"event: sa"), "/b": held(b"%d\n1" % value, media_type=NDJSON)}
    with clients.peer(by_path(replies)) as server:
        (event,) = streamed(clients, "events", server.origin, ("both", "a", "close", 1))
        (line,) = streamed(clients, "lines", server.origin, ("numbers", "b", "close", 1))
    assert [datas(event), items(line)] == [[text], [value]]


@must("STREAM-1b", kills=("stream_connections_stay_open", "stream_close_does_nothing"))
def test_the_connection_of_a_stream_that_is_left_is_closed(clients: Clients) -> None:
    ways = ["break", "raise", "close", "with", *(["cancel"] if clients.library.asynchronous else [])]
    servers: list[Peer] = []
    with clients.peer(looking(servers, by_path({"/a": held(said(word()))}))) as server:
        servers.append(server)
        look = f"{server.origin}/state"  # once, behind the last way
        reads = [("both", "a", way, 1, *([look] if way == ways[-1] else [])) for way in ways]
        told = streamed(clients, "events", server.origin, *reads)
    assert [len(facts["items"]) for facts in told] == [1] * len(ways)
    assert told[-1]["open"] == 0


@must(
    "STREAM-2a",
    kills=(
        "stream_lines_end_at_lf_alone",
        "stream_unfinished_events_given",
        "stream_lines_of_data_run_together",
        "stream_events_without_data_given",
        "stream_byte_order_mark_kept",
    ),
)
def test_events_are_read_as_the_standard_says_wherever_they_are_split(clients: Clients) -> None:
    text = word()
    stream = (
        f"\ufeffdata: {text}\r\n\r\n: comment\r\rdata: 1\rdata\rdata:  2\r\revent: n\n\n"
        "data:\u20ac\U0001f600\u2028\x85\n\nid: 1\0\nevent: no\ndata\n\n"
        "retry: x\nother: y\n Data: z\ndata:a:b\n\ndata: end\n"
    ).encode()
    sizes = {"/whole": 0, "/one": 1, "/some": chosen((2, 3, 5, 7))}
    with clients.peer(by_path({path: chunked(stream, size=size) for path, size in sizes.items()})) as server:
        told = streamed(clients, "events", server.origin, *(("either", path.removeprefix("/")) for path in sizes))
    expected = [
        ("message", text),
        ("message", "1\n\n 2"),
        ("message", "\u20ac\U0001f600\u2028\x85"),
        ("no", ""),
        ("message", "a:b"),
    ]
    assert [[(each["event"], each["data"]) for each in items(facts)] for facts in told] == [expected] * len(sizes)


@must("STREAM-2b", kills=("stream_texts_parsed", "stream_data_not_converted", "stream_unnamed_events_without_a_name"))
def test_data_is_what_the_class_of_its_event_says(clients: Clients) -> None:
    value = number()
    replies = {"/a": chunked(said("1"), added({"n": str(value)})), "/b": chunked(b'data: {"n": 1}\n\ndata: null\n\n')}
    with clients.peer(by_path(replies)) as server:
        named, plain = streamed(clients, "events", server.origin, ("both", "a"), ("either", "b"))
    assert datas(named) == ["1", {"n": value}]
    assert items(plain) == [item("ServerSentEvent", "message", each) for each in ('{"n": 1}', "null")]


@must("STREAM-2c", kills=("stream_unknown_events_left_out", "stream_misfits_are_plain", "stream_plain_events_refused"))
def test_an_event_of_no_class_is_a_plain_one_or_an_error(clients: Clients) -> None:
    name, text = word(), word()
    unknown = f"event: {name}\ndata: {text}\n\n".encode()
    servers: list[Peer] = []
    replies = {
        "/unknown": held(said("1"), unknown),
        "/data": held(said("1"), added({"n": "no"})),
        "/fits": chunked(unknown),
    }
    with clients.peer(looking(servers, by_path(replies))) as server:
        servers.append(server)
        ends = [("both", path, "end", 0, f"{server.origin}/state") for path in ("unknown", "data")]
        *wrong, plain = streamed(clients, "events", server.origin, *ends, ("either", "fits"))
    assert items(plain) == [item("ServerSentEvent", name, text)]
    assert [named in raised(facts)["message"] for facts, named in zip(wrong, (name, "added"), strict=True)] == [
        True,
        True,
    ]
    assert [(len(facts["items"]), facts["open"]) for facts in wrong] == [(1, 0), (1, 0)]


@must("STREAM-3", kills=("stream_events_without_a_limit", "stream_limit_of_each_line", "stream_limit_ignored"))
def test_an_event_and_a_line_have_a_limit(clients: Clients) -> None:
    small = said("x" * (LIMIT - 100))
    replies = {
        "/small": chunked(small, small),
        "/long": held(small, b"event: said\ndata: " + b"x" * LIMIT),
        "/many": held(small, b"event: said\n" + b"data: x\n" * LIMIT),
        "/line": held(b"1\n", b"1" * (LIMIT + 1), media_type=NDJSON),
        "/most": chunked(said("x" * (MEBIBYTE - 100))),
        "/more": held(small, b"data: " + b"x" * MEBIBYTE),
    }
    with clients.peer(by_path(replies)) as server:
        reads = [("both", path) for path in ("small", "long", "many")]
        told = streamed(clients, "events", server.origin, *reads, max_event_size=LIMIT)
        told += streamed(clients, "lines", server.origin, ("numbers", "line"), max_event_size=LIMIT)
        most, more = streamed(clients, "events", server.origin, ("both", "most"), ("both", "more"))
    assert [len(items(facts)) for facts in (told[0], most)] == [2, 1]
    assert [len(facts["items"]) for facts in (*told[1:], more)] == [1] * 4
    assert [str(LIMIT) in raised(facts)["message"] for facts in told[1:]] == [True] * 3
    assert str(MEBIBYTE) in raised(more)["message"]


def last_ids(server: Peer, path: str) -> list[list[str]]:
    """The header Last-Event-ID of each request for a path."""
    return [request.values("last-event-id") for request in server.at(path)]


@must("STREAM-4a", kills=("stream_asked_again_unasked", "stream_breaks_are_the_end"))
def test_a_request_is_sent_once_and_a_break_is_an_error(clients: Clients) -> None:
    event = b"retry: 1\n" + said(word())
    with clients.peer(
        by_path(
            {"/ends": in_turn(chunked(event), reply(status=204)), "/breaks": in_turn(breaks(event), reply(status=204))}
        )
    ) as server:
        ends, broken = streamed(clients, "events", server.origin, ("both", "ends"), ("both", "breaks"))
        asked = [request.path for request in server.requests]
    assert [len(items(ends)), len(broken["items"])] == [1, 1]
    assert "builtins.TimeoutError" not in raised(broken)["types"]
    assert asked == ["/ends", "/breaks"]


@must(
    "STREAM-4b",
    kills=(
        "stream_never_asked_again",
        "stream_last_ids_not_sent",
        "stream_asked_again_at_once",
        "stream_tries_never_counted_anew",
    ),
)
def test_events_are_asked_for_again_where_a_client_reconnects(clients: Clients) -> None:
    known = word()
    first = f"retry: 200\nid: {known}\n".encode() + said("1")
    empty = chunked(b": nothing\n\n")
    goes_on = in_turn(
        chunked(first), breaks(b"id: no\0\n" + said("2")), chunked(said("3"), b"id: no\n"), reply(status=204)
    )
    tries = in_turn(chunked(b"retry: 1\n" + said("1")), empty, chunked(said("2")), empty)

    def script(request: Request) -> Reply:
        return (goes_on if request.path == "/on" else tries)(request)

    with clients.peer(script) as server:
        on, twice = streamed(clients, "events", server.origin, ("both", "on"), ("both", "tries"), reconnects=2)
        asked = [last_ids(server, path) for path in ("/on", "/tries")]
    assert [datas(on), datas(twice)] == [["1", "2", "3"], ["1", "2"]]
    assert asked == [[[], [known], [known], [known]], [[]] * 5]
    assert on["seconds"] >= 0.6  # three times `retry`


@must("STREAM-5", kills=("stream_of_every_media_type", "stream_of_every_status"))
def test_an_answer_that_is_no_stream_is_one_as_any_other(clients: Clients) -> None:
    value = number()
    headers = [("Content-Type", "text/event-stream")]
    replies = {
        "/text": reply({"n": value}),
        "/fails": reply({"n": value}, 500),
        "/missing": reply(said("1"), 404, headers),
        "/fits": chunked(said("1")),
    }
    with clients.peer(by_path(replies)) as server:
        reads = [("union", path.removeprefix("/")) for path in replies]
        *told, fits = streamed(clients, "answers", server.origin, *reads)
        alone = streamed(clients, "answers", server.origin, *(("alone", path) for path in ("text", "fails", "missing")))
    assert [items(facts) for facts in (*told, fits)] == [[], [], [], [item("Said", "said", "1")]]
    assert [(kind(facts, "Missing"), facts["status"]) for facts in told] == [
        ("Response", 200),
        ("Response", 500),
        ("Missing", 404),
    ]
    assert [facts["data"] for facts in told[:2]] == [{"n": value}] * 2
    assert ["raised" in facts for facts in alone] == [True] * 3


@must(
    "STREAM-6", kills=("stream_default_timeout_of_all", "stream_timeout_until_the_head", "stream_timeouts_are_aborts")
)
def test_the_default_timeout_is_until_the_head_and_another_for_all(clients: Clients) -> None:
    replies = {"/paced": paced(*[said("1")] * 3, interval=0.3), "/head": STALLS, "/held": held(said("1"))}
    with clients.peer(by_path(replies)) as server:
        reads = [("both", "paced"), ("both", "head"), ("hasty", "held")]
        paces, *late = streamed(clients, "events", server.origin, *reads, default_timeout=0.7)
    assert len(items(paces)) == 3
    assert ["builtins.TimeoutError" in raised(facts)["types"] for facts in late] == [True, True]
    assert [facts["seconds"] < MUCH for facts in late] == [True, True]


@must("STREAM-7", kills=("stream_lines_not_converted", "stream_empty_lines_are_values", "stream_last_line_lost"))
def test_each_line_is_a_value(clients: Clients) -> None:
    value = number()
    text = b'%d\n\n0\r\n \n"%d"' % (value, value)
    replies = {
        "/x": chunked(text, size=chosen((1, 2, 3)), media_type=NDJSON),
        "/jsonl": chunked(b'{"n": 0}\n{}\n', media_type="application/jsonl; charset=utf-8"),
        "/wrong": chunked(b'1\n"x"\n', media_type=NDJSON),
        "/none": chunked(b"1\n{\n", media_type=NDJSON),
    }
    with clients.peer(by_path(replies)) as server:
        reads = [("numbers", "x"), ("mappings", "jsonl"), ("numbers", "wrong"), ("numbers", "none")]
        numbers, mappings, *wrong = streamed(clients, "lines", server.origin, *reads)
    assert items(numbers) == [value, 0, value]
    assert items(mappings) == [{"n": 0}, {}]
    assert [("raised" in facts, facts["items"]) for facts in wrong] == [(True, [1])] * 2
