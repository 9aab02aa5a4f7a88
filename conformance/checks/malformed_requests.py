"""Requests that frameworks and servers refuse in ways of their own, and a secret that no answer may hold (SECURITY)."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.checks.raw_requests import CLOSE, raw
from conformance.foundation import seeded_random

UPGRADE = (
    ("Connection", "Upgrade"),
    ("Upgrade", "websocket"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ("Sec-WebSocket-Version", "13"),
)
MALFORMED = "malformed "  # begins what the answers are kept by, in the life that is sent them
FORM = ("Content-Type", "application/x-www-form-urlencoded")
HTML = ("Accept", "text/html")
BODY = b"a=1&b=2&c=3&d=4&e=5"


def secret() -> str:
    """Secret of a service's environment, the same all through a run, so that checks share services."""
    return f"s{seeded_random.of('a secret of the environment').getrandbits(64):016x}"


def sent(path: str) -> Iterable[tuple[str, bytes]]:
    """Method and bytes of each request for `path` that frameworks and servers refuse in ways of their own."""
    for hosts in (("a b",), ("a.test",), ("a/b?c@d:x",), ("[::1",), ("a", "b"), ()):
        yield "GET", raw("GET", path, *(("Host", host) for host in hosts), HTML, CLOSE, host=None)
    yield "GET", raw("GET", path, *UPGRADE)
    for target in ("http://", "http:///", f"http://a:99999{path}", "*", f"{path}/%ff", f"{path}/.."):
        yield "GET", raw("GET", target, HTML, CLOSE)
    yield "CONNECT", raw("CONNECT", "a:1", CLOSE)
    yield "POST", raw("POST", path, FORM, ("Content-Length", str(len(BODY))), CLOSE, body=BODY)
    yield (
        "POST",
        raw("POST", path, ("Content-Type", "multipart/form-data; boundary="), ("Content-Length", "4"), body=b"--x-"),
    )
    yield "POST", raw("POST", path, ("Content-Type", "text/plain; charset*=x''%ff"), ("Content-Length", "0"), CLOSE)
    yield "POST", raw("POST", path, ("Content-Length", "x"), CLOSE)
    yield "PROPFIND", raw("PROPFIND", path, HTML, CLOSE)
