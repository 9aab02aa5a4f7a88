"""CLIENT: answers that a client writes to a file, whole or not at all, and goes on with where it was interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.checks.client_probe import Clients, called_by
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.services.peer import Peer, by_path, in_turn
from conformance.services.peer_replies import Headers, Reply, closing, reply
from conformance.services.peer_streams import chunked, part

OPTIONS: dict[str, Any] = {"default_timeout": 10}
CHANGED = "Tue, 01 Dec 2026 10:00:00 GMT"
DATE = ("Date", "Tue, 01 Dec 2026 11:00:00 GMT")  # an hour later, so that the other is a strong validator


def saved(clients: Clients, base: str, *paths: str) -> list[Any]:
    """The facts of downloads to one place, one after the other."""
    told = called_by(
        clients.target,
        "client_downloads",
        "saved",
        library=clients.library.name,
        style=clients.library.style,
        base=base,
        paths=paths,
        options=OPTIONS,
    )
    facts: list[Any] = told["facts"]
    return facts


def content() -> bytes:
    """A content of some length."""
    return "".join(word() for _ in range(60)).encode()


def cut(text: bytes, at: int, headers: Headers) -> Reply:
    """A response that ends after so many bytes of a content."""
    return closing(reply(text[:at], 200, [("Content-Type", "text/plain"), *headers], length=len(text)))


def asked(server: Peer, path: str) -> list[tuple[list[str], list[str]]]:
    """Range and If-Range of each request for a path."""
    return [(request.values("range"), request.values("if-range")) for request in server.at(path)]


def contents(told: Sequence[Any]) -> list[Any]:
    """What each download wrote to the file; None where it is as it was."""
    return [facts["content"] for facts in told]


@must("CLIENT-12a", kills=("client_downloads_in_place", "client_short_downloads_taken", "client_errors_downloaded"))
def test_a_download_is_written_once_it_is_whole(clients: Clients) -> None:
    text, evil = content(), word()
    headers = [("Content-Disposition", f'attachment; filename="../{evil}"')]
    replies = {
        "/short": cut(text, 100, ()),
        "/missing": reply(text, 404),
        "/part": part(text, 10),
        "/whole": reply(text, headers=headers),
        "/chunks": chunked(text[::-1], media_type="text/plain", size=100),
    }
    with clients.peer(by_path(replies)) as server:
        told = saved(clients, server.origin, *(path.removeprefix("/") for path in replies))
    assert ["raised" in facts for facts in told] == [True] * 3 + [False] * 2
    assert contents(told) == [None, None, None, text.decode(), text[::-1].decode()]
    assert [name for facts in told for name in facts["names"] if evil in name] == []


@must(
    "CLIENT-12b",
    kills=(
        "client_downloads_begin_anew",
        "client_parts_without_if_range",
        "client_parts_not_compared",
        "client_parts_by_weak_tags",
    ),
)
def test_an_interrupted_download_goes_on_where_the_content_is_the_same(clients: Clients) -> None:
    text, tag = content(), f'"{word()}"'
    strong, weak, dated = [("ETag", tag)], [("ETag", f"W/{tag}")], [("Last-Modified", CHANGED), DATE]
    anew = reply(text, headers=strong)
    scripts = {
        "/tag": in_turn(cut(text, 100, strong), part(text, 100, strong)),
        "/date": in_turn(cut(text, 100, dated), part(text, 100, dated)),
        "/changed": in_turn(cut(text[::-1], 100, strong), anew),
        "/weak": in_turn(cut(text[::-1], 100, weak), anew),
        "/place": in_turn(cut(text, 100, strong), part(text, 90, strong), anew),
        "/none": in_turn(cut(text, 100, strong), reply(status=416, headers=[("Content-Range", "bytes */9")]), anew),
    }
    with clients.peer(by_path(scripts)) as server:
        told = saved(clients, server.origin, *(path.removeprefix("/") for path in scripts for _ in range(2)))
        ranges = {path: asked(server, path) for path in scripts}
    assert ["raised" in facts for facts in told[::2]] == [True] * len(scripts)
    assert contents(told[1::2]) == [text.decode()] * len(scripts)
    going_on = (["bytes=100-"], [tag])
    nothing: tuple[list[str], list[str]] = ([], [])
    assert ranges == {
        "/tag": [nothing, going_on],
        "/date": [nothing, (["bytes=100-"], [CHANGED])],
        "/changed": [nothing, going_on],
        "/weak": [nothing, nothing],
        "/place": [nothing, going_on, nothing],
        "/none": [nothing, going_on, nothing],
    }


@must("CLIENT-12c", kills=("client_progress_of_the_piece", "client_progress_without_total"))
def test_progress_is_told_the_bytes_so_far_and_their_total(clients: Clients) -> None:
    text, tag = content(), [("ETag", f'"{word()}"')]
    scripts = {
        "/whole": in_turn(reply(text)),
        "/chunks": in_turn(chunked(text, media_type="text/plain", size=300)),
        "/part": in_turn(cut(text, 100, tag), part(text, 100, tag)),
    }
    with clients.peer(by_path(scripts)) as server:
        whole, chunks, _, rest = (
            facts["progress"] for facts in saved(clients, server.origin, "whole", "chunks", "part", "part")
        )
    size = len(text)
    assert [calls[-1] for calls in (whole, chunks, rest)] == [[size, size], [size, None], [size, size]]
    assert [[have for have, _ in calls] for calls in (whole, chunks, rest)] == [
        sorted(have for have, _ in calls) for calls in (whole, chunks, rest)
    ]
