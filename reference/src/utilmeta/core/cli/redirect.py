"""Redirects of clients, which follow one policy over every library (RFC 9110, 15.4; CLIENT-6)."""

from __future__ import annotations

from urllib.parse import urljoin

from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.error import Aborted
from utilmeta.core.cli.request import ClientRequest, cookie_line, destination, fields_of
from utilmeta.core.cli.transport.cookies import Cookies
from utilmeta.core.cli.transport.message import Lines, Outgoing
from utilmeta.core.cli.transport.url import place_of
from utilmeta.core.file import Unreadable

STATUSES = frozenset({301, 302, 303, 307, 308})
MOST = 20  # redirects in a row
OF_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-language", "content-location"})
# What another origin may be told; anything else may be a secret.
HARMLESS = OF_BODY | {"accept", "accept-encoding", "accept-language", "user-agent"}


def location_of(status: int, fields: Lines) -> str | None:
    """Return where an answer redirects to, or None."""
    if status not in STATUSES:
        return None
    location = next((value for name, value in fields if name.lower() == "location"), None)
    if location is None or location.isascii():
        return location
    return location.encode("latin-1").decode("utf-8", "replace")  # servers send UTF-8 where they should encode


def redirected(sent: Outgoing, status: int, location: str, request: ClientRequest, cookies: Cookies) -> Outgoing:
    """Return what is sent after a redirect, with the cookies that are for there. Raises Aborted."""
    try:
        there = place_of(urljoin(sent.url, location.strip()))
    except ValueError:
        raise Aborted(f"{request.place} is redirected to what is no URL of http or https", request) from None
    if there.origin.scheme == "http" and sent.place.origin.scheme == "https":
        raise Aborted(f"{request.place} is redirected from https to http; it is not followed", request)
    body: bytes | Stream
    method, body, headers = sent.method, sent.body, [pair for pair in sent.headers if pair[0].lower() != "cookie"]
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        method, body = "GET", b""
        headers = [pair for pair in headers if pair[0].lower() not in OF_BODY]
    if isinstance(body, Stream):
        try:
            body.check()
        except Unreadable as error:
            raise Aborted(f"{request.place} is redirected with its body ({status}), but {error}", request) from None
    line = cookies.header(there.url)
    if there.origin != destination(request).origin:
        headers = [pair for pair in headers if pair[0].lower() in HARMLESS]
    else:
        given = (value for name, value in fields_of(request.headers) if name.lower() == "cookie")
        line = cookie_line(request, "; ".join(part for part in (line, *given) if part))
    if line:
        headers.append(("Cookie", line))
    return Outgoing(method, there, there.url, headers, body)
