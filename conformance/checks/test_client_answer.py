"""CLIENT: answers that are compressed, answers that are too large, and limits within the time of a call."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from conformance.checks.client_probe import Clients, Told, answered, call
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services import peer_replies
from conformance.services.peer import by_path, unreachable
from conformance.services.peer_replies import STALLS, Reply, Send, Stall, encoded, reply

SCENARIO = "client_failures"
LIMIT = 0.3  # seconds, of waits that take much longer
MUCH = 3.0  # seconds that such a call takes at most, on a busy machine
MOST = 4000  # bytes

PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate, gzip": lambda content: gzip.compress(zlib.compress(content)),
    "identity": bytes,
}


def packed(body: object, coding: str, content: bytes | None = None) -> Reply:
    """A reply whose body is coded, with another content where that is given."""
    plain, content_type = encoded(body)
    made = PACKERS[coding](plain) if content is None else content
    return reply(made, headers=[("Content-Type", content_type), ("Content-Encoding", coding)])


def asked(clients: Clients, replies: Mapping[str, Reply], **options: Any) -> Told:
    """What came of a GET of each path."""
    with clients.peer(by_path(replies)) as server:
        return clients.called(SCENARIO, "failures", server.origin, *(call("get", path) for path in replies), **options)


def errors(told: Told) -> list[tuple[bool, bool]]:
    """Whether each call has an error, and whether that is a timeout."""
    kinds = [(answered(facts)["error"] or {}).get("types", ()) for facts in told.facts]
    return [("builtins.Exception" in each, "builtins.TimeoutError" in each) for each in kinds]


@must("CLIENT-19a", kills=("client_coded_bodies_not_decoded", "client_one_coding_decoded"))
def test_a_coded_answer_is_decoded(clients: Clients) -> None:
    data = {"text": f"{word()} \u00e4" * 50, "number": number(), "none": None, "list": []}
    told = asked(clients, {f"/{place}": packed(data, coding) for place, coding in enumerate(PACKERS)})
    assert [answered(facts)["data"] for facts in told.facts] == [data] * len(PACKERS)


@must("CLIENT-19a", kills=("client_truncated_codings_taken", "client_wrong_codings_left"))
def test_a_wrong_coding_is_an_abort(clients: Clients) -> None:
    data = {"text": word() * 50}
    whole = encoded(data)[0]
    replies = {
        "/plain": packed(data, "gzip", whole),
        "/other": packed(data, "deflate", b"\xff" + whole),
        "/short": packed(data, "gzip", gzip.compress(whole)[:-9]),
        "/shorter": packed(data, "deflate", zlib.compress(whole)[:-7]),
        "/inner": packed(data, "deflate, gzip", gzip.compress(zlib.compress(whole)[:-7])),
    }
    assert errors(asked(clients, replies)) == [(True, False)] * len(replies)


@must("CLIENT-19b", kills=("client_size_of_answers_without_limit", "client_decoded_bodies_without_limit"))
def test_a_body_that_is_too_large_is_an_abort(clients: Clients) -> None:
    text, more = "a" * MOST, "a" * (MOST + 1)
    begun = Send(peer_replies.head(200, [("Content-Type", "text/plain")]) + more.encode())
    replies: Mapping[str, Reply] = {
        "/whole": reply(text),
        "/coded": packed(text, "gzip"),
        "/more": reply(more),
        "/announced": (Send(peer_replies.head(200, [("Content-Length", "4000000")])), Stall()),
        "/endless": (begun, Stall()),
        "/bomb": packed("a" * 8_000_000, "gzip"),
        "/inner": packed(more, "deflate, gzip"),
    }
    told = asked(clients, replies, max_response_size=MOST, default_timeout=5)
    assert [facts["data"] for facts in told.facts[:2]] == [text, text]
    assert errors(told)[2:] == [(True, False)] * 5


@must("CLIENT-19c", kills=("client_unknown_codings_read", "client_unknown_codings_without_their_header"))
def test_a_coding_that_is_not_known_is_left(clients: Clients) -> None:
    content, coding = word(), word()
    lines = [("Content-Type", "text/plain"), ("Content-Encoding", coding)]
    (facts,) = asked(clients, {"/x": reply(content.encode(), headers=lines)}).facts
    assert answered(facts)["data"] == {"bytes": content}
    assert facts["headers"]["content-encoding"] == coding


@must("CLIENT-18a", kills=("client_connect_timeout_ignored", "client_read_timeout_ignored"))
def test_connecting_and_each_wait_have_limits(clients: Clients) -> None:
    replies = by_path({"/head": STALLS, "/body": peer_replies.stalls_in_the_body({"text": word()})})
    options: dict[str, Any] = {"connect_timeout": LIMIT, "read_timeout": {"$timedelta": LIMIT}, "default_timeout": 5}
    with clients.peer(replies) as server, unreachable(server.host) as nowhere:
        calls = [call("get", path) for path in (f"{nowhere}/path", "head", "body")]
        told = clients.called(SCENARIO, "failures", server.origin, *calls, at_once=True, **options)
    assert [facts["seconds"] < MUCH for facts in told.facts] == [True] * len(calls)
    assert errors(told) == [(True, True)] * len(calls)


@must("CLIENT-18a", kills=("client_read_timeout_of_the_answer", "client_connect_timeout_of_the_answer"))
def test_an_answer_that_goes_on_may_take_longer_than_a_limit(clients: Clients) -> None:
    data = {"text": word() * 3}
    slow = {"/slow": peer_replies.trickles(reply(data), 0.006)}
    (facts,) = asked(clients, slow, read_timeout=0.5, connect_timeout={"$timedelta": 0.5}, default_timeout=20).facts
    assert answered(facts)["data"] == data
