"""Replies of a Peer whose bodies are streams: chunks that are cut anywhere, stall or break; and parts of a content."""

from __future__ import annotations

from conformance.services.peer_replies import Close, Headers, Reply, Send, Stall, head, reply

EVENTS = "text/event-stream"
NDJSON = "application/x-ndjson"

_HELD = 4.5  # seconds, more than a scenario waits for connections to be closed


def chunked(*pieces: bytes, media_type: str = EVENTS, size: int = 0, headers: Headers = ()) -> Reply:
    """A whole response of these pieces; each is a chunk, or many of `size` bytes."""
    return (*begun(*pieces, media_type=media_type, size=size, headers=headers), Send(b"0\r\n\r\n"))


def held(*pieces: bytes, media_type: str = EVENTS) -> Reply:
    """A response that goes on behind its pieces, with nothing, until the client leaves or a few seconds are over."""
    return (*begun(*pieces, media_type=media_type), Stall(_HELD), Close())


def breaks(*pieces: bytes, media_type: str = EVENTS) -> Reply:
    """A response whose connection is closed behind its pieces, before the body ends."""
    return (*begun(*pieces, media_type=media_type), Close())


def paced(*pieces: bytes, interval: float, media_type: str = EVENTS) -> Reply:
    """A whole response with so many seconds before each of its pieces."""
    steps: list[Send | Stall | Close] = list(begun(media_type=media_type))
    for piece in pieces:
        steps += [Stall(interval), Send(_chunks(piece, 0))]
    return (*steps, Send(b"0\r\n\r\n"))


def begun(*pieces: bytes, media_type: str = EVENTS, size: int = 0, headers: Headers = ()) -> Reply:
    """The head of a chunked response, and the first pieces of its body."""
    lines = [("Content-Type", media_type), ("Transfer-Encoding", "chunked"), *headers]
    return (Send(head(200, lines) + b"".join(_chunks(piece, size) for piece in pieces)),)


def part(content: bytes, begin: int, headers: Headers = ()) -> Reply:
    """A 206 with what a content has from a place on."""
    place = ("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
    return reply(content[begin:], 206, [*headers, place])


def _chunks(piece: bytes, size: int) -> bytes:
    cut = [piece[at : at + size] for at in range(0, len(piece), size)] if size else [piece]
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in cut)
