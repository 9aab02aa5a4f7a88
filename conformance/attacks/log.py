"""Attacks on the log by control characters: a request may neither begin a line there nor command a terminal."""

from __future__ import annotations

from conformance.attacks.attack import LOG, Attempt, Victim, attack, word
from conformance.attacks.connection import talk_each

CLOSE = "Connection: close"
TARGETS = ("/api/nothing/{}", "/api/crash/{}", "/api/echoed?text={}", "/{}")


def _unlogged(forged: str) -> tuple[str, ...]:
    """How a control character before a word of ours would show; a carriage return is read as a line feed."""
    return tuple(
        character + forged for character in ("\n", "\x1b[3", "\x9b3", "\x07", "\x0b", "\x0c", "\x85", "\u2028")
    )


@attack(LOG, "line feeds in the path", cheap=True)
def line_feeds(victim: Victim) -> Attempt:
    """%0a, %0d, %0b, U+0085 and U+2028 in path and query, of endpoints that answer and that fail"""
    forged = word()
    escapes = ("%0a", "%0d", "%0d%0a", "%0b", "%0c", "%c2%85", "%e2%80%a8")
    requests = [victim.head("GET", target.format(escape + forged), CLOSE) for target in TARGETS for escape in escapes]
    return Attempt(talk_each(victim, requests), unlogged=_unlogged(forged))


@attack(LOG, "terminal escapes in the path", cheap=True)
def terminal_escapes(victim: Victim) -> Attempt:
    """%1b[, %9b and %07 in path and query, which a terminal would obey, and the same as raw bytes"""
    forged = word()
    texts = [f"{escape}3{forged}" for escape in ("%1b[", "%c2%9b", "\x1b[", "\x9b")] + [f"%07{forged}", f"\x07{forged}"]
    requests = [victim.head("GET", target.format(text), CLOSE) for target in TARGETS for text in texts]
    return Attempt(talk_each(victim, requests), unlogged=_unlogged(forged))


@attack(LOG, "control characters in method and Host", cheap=True)
def method_and_host(victim: Victim) -> Attempt:
    """Raw escapes, carriage returns and line feeds in the method, the Host, a field and the version"""
    forged = word()
    templates = (
        "GE{} /api/nonce HTTP/1.1\r\nHost: localhost",
        "GET /api/nothing HTTP/1.1\r\nHost: a{}",
        "GET /api/crash/a HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: a{}\r\nUser-Agent: a{}",
        "GET /api/nonce HTTP/1.1{}\r\nHost: localhost",
    )
    texts = (f"\x1b[3{forged}", f"\x07{forged}", f"\r{forged}", f"\n{forged}", f"\x0b{forged}")
    heads = [template.replace("{}", text) for template in templates for text in texts]
    requests = [f"{head}\r\n{CLOSE}\r\n\r\n".encode("latin-1") for head in heads]
    return Attempt(talk_each(victim, requests), unlogged=_unlogged(forged))
