"""Redirects of clients, which follow one policy over every library (RFC 9110, 15.4; CLIENT-6)."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from utilmeta.core.cli.cookies import Cookies
from utilmeta.core.cli.error import Aborted
from utilmeta.core.cli.message import Lines, Outgoing
from utilmeta.core.cli.request import PATH, QUERY, ClientRequest, cookie_line, full_url, shown

STATUSES = frozenset({301, 302, 303, 307, 308})
MOST = 20  # redirects in a row
OF_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-language", "content-location"})
# What another origin may be told; anything else may be a secret.
HARMLESS = OF_BODY | {"accept", "accept-encoding", "accept-language", "user-agent"}
PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of a URL (RFC 6454, 4)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


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
        url = urljoin(sent.url, location.strip())
        parts = urlsplit(url)
        _ = parts.port
        netloc = parts.netloc.rpartition("@")[2]
        netloc = netloc if netloc.isascii() else netloc.encode("idna").decode()
    except ValueError:
        raise Aborted(f"{request.place} is redirected to what is no URL", request) from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Aborted(
            f"{request.place} is redirected to {parts.scheme or 'nothing'}, which is not http or https", request
        )
    if parts.scheme == "http" and sent.url.startswith("https:"):
        raise Aborted(f"{request.place} is redirected from https to {shown(url)}; it is not followed", request)
    path, query = quote(parts.path or "/", safe=PATH), quote(parts.query, safe=QUERY)
    made = f"{parts.scheme}://{netloc}{path}{'?' if query else ''}{query}"
    method, body, headers = sent.method, sent.body, [pair for pair in sent.headers if pair[0].lower() != "cookie"]
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        method, body = "GET", b""
        headers = [pair for pair in headers if pair[0].lower() not in OF_BODY]
    line = cookies.header(made)
    if origin_of(made) != origin_of(full_url(request)):
        headers = [pair for pair in headers if pair[0].lower() in HARMLESS]
    else:
        line = cookie_line(request, line)
    if line:
        headers.append(("Cookie", line))
    return Outgoing(method, made, headers, body)
