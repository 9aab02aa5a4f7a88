"""Attacks by the head of a request: too many fields, too long fields, and heads that have no end."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.attacks.attack import HEADS, MEGABYTE, Attempt, Victim, attack
from conformance.attacks.connection import pour, talk

ENDLESS = 16 * MEGABYTE


def _fields(count: int, size: int) -> bytes:
    return b"".join(b"X-%d: %s\r\n" % (number, b"a" * size) for number in range(count))


def _unfinished(victim: Victim) -> bytes:
    return victim.head("GET", "/api/nonce", "Connection: close")[:-2]


@attack(HEADS, "20,000 fields", cheap=True)
def many_fields(victim: Victim) -> Attempt:
    """A head of 20,000 short fields"""
    return Attempt((talk(victim, _unfinished(victim) + _fields(20000, 2) + b"\r\n"),))


@attack(HEADS, "5 MB of fields")
def large_fields(victim: Victim) -> Attempt:
    """A head of 1,000 fields of 5 KB"""
    return Attempt((talk(victim, _unfinished(victim) + _fields(1000, 5 * 1024) + b"\r\n"),))


@attack(HEADS, "one field of 5 MB")
def long_field(victim: Victim) -> Attempt:
    """A head with one field of 5 MB"""
    return Attempt((talk(victim, _unfinished(victim) + _fields(1, 5 * MEGABYTE) + b"\r\n"),))


@attack(HEADS, "an endless head", harmful=True)
def endless_head(victim: Victim) -> Attempt:
    """Field after field, each of 60 bytes, until the server closes the connection, or 16 MB are sent"""
    piece = _fields(1000, 50)

    def pieces() -> Iterator[bytes]:
        yield _unfinished(victim)
        for _ in range(ENDLESS // len(piece)):
            yield piece

    reply = pour(victim, pieces())
    return Attempt((reply,), swallowed=reply.sent >= ENDLESS - 2 * len(piece))
