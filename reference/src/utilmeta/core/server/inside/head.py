"""The head of a request as a server reads it, and the body of an answer as a client does (RFC 9110)."""

from __future__ import annotations

from utilmeta.core.cli.transport.message import Outgoing

ADDRESS = ("127.0.0.1", 0)
"""The address of a client in this process, whose port is none."""
WITH_A_BODY = frozenset({"POST", "PUT", "PATCH"})
BODILESS = frozenset({204, 304})


def fields(outgoing: Outgoing) -> list[tuple[str, str]]:
    """Return the header lines of a request, with the Host and the length of the body that a library adds."""
    lines = list(outgoing.headers)
    names = {name.lower() for name, _ in lines}
    if "host" not in names:
        lines.insert(0, ("Host", outgoing.place.netloc))
    sent = body_of(outgoing)
    if (sent or outgoing.method in WITH_A_BODY) and "content-length" not in names:
        lines.append(("Content-Length", str(len(sent))))
    return lines


def body_of(outgoing: Outgoing) -> bytes:
    """Return the body of a request, whose files the client has read."""
    assert isinstance(outgoing.body, bytes)
    return outgoing.body


def path(outgoing: Outgoing) -> str:
    """Return the path of a request as sent, which begins with one slash: servers take two for another host."""
    return "/" + outgoing.place.path.lstrip("/")


def content(outgoing: Outgoing, status: int, body: bytes) -> bytes:
    """Return what a client gets of the body of an answer: nothing for a HEAD, and where the status has none."""
    return b"" if outgoing.method == "HEAD" or status in BODILESS else body
