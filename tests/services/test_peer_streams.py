"""Replies of the peer whose bodies are streams: as HTTP says, and broken where a check wants them to be."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from conformance.foundation.loopback import LOCALHOST
from conformance.services.peer import Peer
from conformance.services.peer_replies import Reply
from conformance.services.peer_streams import breaks, chunked, held, paced, part

SECONDS = 5.0


@contextmanager
def answered(reply: Reply) -> Iterator[http.client.HTTPResponse]:
    """The response to a request, whose body is still to be read."""
    with (
        Peer(LOCALHOST, lambda request: reply) as peer,
        closing(http.client.HTTPConnection(peer.host, peer.port, timeout=SECONDS)) as connection,
    ):
        connection.request("GET", "/")
        yield connection.getresponse()


@pytest.mark.parametrize("size", [0, 1, 4])
def test_pieces_are_the_body_however_they_are_cut(size: int) -> None:
    with answered(chunked(b"data: a\n", b"\n", size=size)) as response:
        assert (response.getheader("content-type"), response.read()) == ("text/event-stream", b"data: a\n\n")


def test_a_stream_is_held_behind_its_pieces() -> None:
    with answered(held(b"a", b"b")) as response:
        assert response.read(2) == b"ab"
        begin = time.monotonic()
        with pytest.raises(http.client.IncompleteRead):
            response.read()
        assert time.monotonic() - begin > 1


def test_a_stream_breaks_behind_its_pieces() -> None:
    with answered(breaks(b"a")) as response, pytest.raises(http.client.IncompleteRead):
        response.read()


def test_pieces_come_one_after_the_other() -> None:
    begin = time.monotonic()
    with answered(paced(b"a", b"b", interval=0.1)) as response:
        assert response.read() == b"ab"
    assert time.monotonic() - begin >= 0.2


def test_a_part_says_what_it_is_of() -> None:
    with answered(part(b"abcdef", 4, [("ETag", '"1"')])) as response:
        assert (response.status, response.read()) == (206, b"ef")
        assert (response.getheader("content-range"), response.getheader("etag")) == ("bytes 4-5/6", '"1"')
