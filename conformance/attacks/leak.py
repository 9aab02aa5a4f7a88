"""Attacks on a service in development by malformed requests: no answer may show the secret of its environment."""

from __future__ import annotations

from conformance.attacks.attack import TOLD, Attempt, Victim, attack
from conformance.attacks.connection import talk_each

CLOSE = "Connection: close"
DEVELOPMENT: dict[str, str] = {}


@attack(TOLD, "malformed Host", settings=DEVELOPMENT)
def malformed_host(victim: Victim) -> Attempt:
    """A Host that is none: blanks, brackets that stay open, a port of letters, raw bytes"""
    hosts = ("a b", "[::1", "a:b:c", "localhost:port", "", "a/b", "\xff\xfe", "<b>", "localhost, b", "..", "x" * 3000)
    target = "/api/nothing"
    return Attempt(
        talk_each(
            victim, [f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{CLOSE}\r\n\r\n".encode("latin-1") for host in hosts]
        )
    )


@attack(TOLD, "websocket upgrade", settings=DEVELOPMENT)
def websocket(victim: Victim) -> Attempt:
    """An upgrade to a websocket, of an endpoint, of an unknown path and with a broken key"""
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    return Attempt(
        talk_each(
            victim,
            [
                victim.head("GET", "/api/nonce", *upgrade, key),
                victim.head("GET", "/nothing", *upgrade, key),
                victim.head("GET", "/api/nonce", *upgrade),
                victim.head("GET", "/api/nonce", *upgrade, "Sec-WebSocket-Key: short"),
                victim.head("POST", "/api/nonce", *upgrade, key),
            ],
        )
    )


@attack(TOLD, "absolute form without a host", settings=DEVELOPMENT)
def absolute_form(victim: Victim) -> Attempt:
    """A target in absolute form that names no host, or one that is none"""
    targets = (
        "http://",
        "http:///api/nonce",
        "http://[/api/nonce",
        "http://[::1/api",
        "http://a:b/api",
        "//[",
        "http:",
        "*",
    )
    return Attempt(talk_each(victim, [victim.head("GET", target, CLOSE) for target in targets]))


@attack(TOLD, "bad percent-encoding", settings=DEVELOPMENT)
def percent_encoding(victim: Victim) -> Attempt:
    """Escapes of no digits, of one, of bytes that are not UTF-8 and of NUL, in path and query"""
    texts = ("%", "%4", "%zz", "%ff", "%c0%af", "%ed%a0%80", "%00", "%u0041")
    requests = [victim.head("GET", f"/api/mark/{text}", CLOSE) for text in texts]
    requests += [victim.head("GET", f"/api/echoed?text={text}", CLOSE) for text in texts]
    return Attempt(talk_each(victim, requests))


@attack(TOLD, "unknown method", settings=DEVELOPMENT)
def unknown_method(victim: Victim) -> Attempt:
    """Methods that are unknown, in lower case, long, or no token"""
    methods = ("BREW", "get", "G" * 3000, "GET/", "CONNECT", "TRACE", "\x00", "GET\xff", "")
    return Attempt(talk_each(victim, [victim.head(method, "/api/nonce", CLOSE) for method in methods]))
