"""Request smuggling: messages in which a server that reads the end of the first request otherwise runs a second one."""

from __future__ import annotations

from collections.abc import Callable

from conformance.attacks.attack import FRAMING, MEGABYTE, Attempt, Victim, attack, word
from conformance.attacks.connection import talk

Message = Callable[[Victim, bytes], bytes]


def smuggled(victim: Victim, *messages: Message) -> Attempt:
    """Send each message around a second request of its own; no endpoint may write down that request's word."""
    replies, words = [], {}
    for message in messages:
        each = word()
        second = victim.head("GET", f"/api/mark/{each}", "Connection: close")
        data = message(victim, second)
        words[each] = _shown(data, second)
        replies.append(talk(victim, data))
    return Attempt(tuple(replies), unreached=words)


def _shown(data: bytes, second: bytes) -> str:
    """What stands before the second request, from the fields that say where the first ends."""
    before = data[: data.find(second)].decode("latin-1")
    return before.split("\r\n", 2)[-1].removeprefix("Content-Type: application/json\r\n")[:60]


def _after(*fields: str, body: bytes = b"") -> Message:
    """A POST of these fields, this body, then the second request."""
    return lambda victim, second: (
        victim.head("POST", "/api/tree", "Content-Type: application/json", *fields) + body + second
    )


def _within(*fields: str) -> Message:
    """A POST of these fields, in which `{length}` is that of the second request, which is its body."""

    def message(victim: Victim, second: bytes) -> bytes:
        filled = [field.replace("{length}", str(len(second))) for field in fields]
        return victim.head("POST", "/api/tree", "Content-Type: application/json", *filled) + second

    return message


@attack(FRAMING, "space before the colon", cheap=True)
def space_before_colon(victim: Victim) -> Attempt:
    """`Content-Length : n`, which names a body that is a second request, and `Transfer-Encoding : chunked`"""
    return smuggled(
        victim,
        _within("Content-Length : {length}"),
        _within("Content-Length\t: {length}"),
        _after("Content-Length: 3", "Transfer-Encoding : chunked", body=b"0\r\n"),
        _after("Transfer-Encoding : chunked", body=b"0\r\n\r\n"),
    )


@attack(FRAMING, "two lengths", cheap=True)
def two_lengths(victim: Victim) -> Attempt:
    """Two Content-Lengths that differ, in two fields and in one, and lengths that are no number"""
    return smuggled(
        victim,
        _within("Content-Length: 0", "Content-Length: {length}"),
        _within("Content-Length: {length}", "Content-Length: 0"),
        _within("Content-Length: 0, {length}"),
        _within("Content-Length: +0"),
        _within("Content-Length: -0"),
        _within("Content-Length: 0x0"),
        _within("Content-Length: 0_0"),
        _within("Content-Length: "),
    )


@attack(FRAMING, "a length and chunked", cheap=True)
def length_and_chunked(victim: Victim) -> Attempt:
    """Content-Length beside Transfer-Encoding, in either order, and codings that are not quite chunked"""
    end = b"0\r\n\r\n"
    return smuggled(
        victim,
        _after("Content-Length: 5", "Transfer-Encoding: chunked", body=end),
        _after("Transfer-Encoding: chunked", "Content-Length: 5", body=end),
        _after("Transfer-Encoding: xchunked", body=end),
        _after("Transfer-Encoding: chunked, identity", body=end),
        _after("Transfer-Encoding: \x0bchunked", body=end),
        _after("Transfer-Encoding: chunked, chunked", body=end),
    )


@attack(FRAMING, "folded fields", cheap=True)
def folded(victim: Victim) -> Attempt:
    """A field that goes on in the next line (obs-fold), where the framing stands in it"""
    return smuggled(
        victim,
        _within("X-A: a\r\n Content-Length: {length}"),
        _within("Content-Length:\r\n 0", "X-A: a"),
        _after("Transfer-Encoding:\r\n chunked", body=b"0\r\n\r\n"),
        _after("Content-Length: 5", "Transfer-Encoding:\r\n\tchunked", body=b"0\r\n\r\n"),
    )


@attack(FRAMING, "bare line feeds", cheap=True)
def bare_line_feeds(victim: Victim) -> Attempt:
    """Lines that end in a line feed alone, or a carriage return alone, around the end of a head"""
    return smuggled(
        victim,
        lambda victim, second: victim.head("GET", "/api/nonce", "X-A: a")[:-4] + b"\n\n" + second,
        lambda victim, second: victim.head("GET", "/api/nonce", "X-A: a")[:-4] + b"\r\r" + second,
        lambda victim, second: victim.head("GET", "/api/nonce", "X-A: a")[:-4] + b"\n\r\n" + second,
        _within("X-A: a\nContent-Length: 0"),
        _within("X-A: a\rContent-Length: 0"),
    )


@attack(FRAMING, "bad chunks", cheap=True)
def bad_chunks(victim: Victim) -> Attempt:
    """Chunk sizes that are no hexadecimal number or end in a line feed alone, chunks longer than they say"""
    bodies = (
        b"0x0\r\n\r\n", b"+0\r\n\r\n", b"-0\r\n\r\n", b" 0\r\n\r\n", b"0 \r\n\r\n", b"0_0\r\n\r\n",
        b"\r\n\r\n", b"0\n\n", b"1\r\n1X0\r\n\r\n", b"1\r\n1\n0\r\n\r\n", b"1\n1\r\n0\r\n\r\n",
        b"1;a\nb\r\n1\r\n0\r\n\r\n",
        b"10000000000000000\r\n1\r\n0\r\n\r\n",
    )  # fmt: skip
    return smuggled(victim, *(_after("Transfer-Encoding: chunked", body=body) for body in bodies))


@attack(FRAMING, "a chunk extension of 1 MB")
def chunk_extension(victim: Victim) -> Attempt:
    """A chunk with an extension of 1 MB, whole, and one whose end never comes"""
    fields = ("Transfer-Encoding: chunked", "Connection: close")
    return smuggled(
        victim,
        _after(*fields, body=b"1;a=" + b"x" * MEGABYTE + b"\r\n1\r\n0\r\n\r\n"),
        _after(*fields, body=b"1\r\n1\r\n0;a=" + b"x" * MEGABYTE),
    )


@attack(FRAMING, "trailers of 1 MB")
def trailers(victim: Victim) -> Attempt:
    """A chunked body with 1 MB of trailers, in many fields and in one"""
    many = b"".join(b"X-%d: a\r\n" % number for number in range(MEGABYTE // 10))
    one = b"X-A: " + b"x" * MEGABYTE + b"\r\n"
    fields = ("Transfer-Encoding: chunked", "Connection: close")
    return smuggled(victim, *(_after(*fields, body=b"1\r\n1\r\n0\r\n" + part + b"\r\n") for part in (many, one)))
