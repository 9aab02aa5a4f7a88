"""Attacks by the Host, against `allowed_hosts`, and by header fields that a client puts into an answer."""

from __future__ import annotations

from conformance.attacks.attack import FRAMING, Attempt, Victim, attack, word
from conformance.attacks.connection import talk, talk_each

ALLOWED = {"production": "1", "allowed": "{host},localhost"}
Request = tuple[str, tuple[str, ...], str]  # the target, in which {} is the path; the fields; the version


@attack(FRAMING, "hosts that are not allowed", settings=ALLOWED)
def other_hosts(victim: Victim) -> Attempt:
    """A Host past `allowed_hosts`: another, none, two, one in disguise, another in the absolute form"""
    allowed = victim.authority
    requests: list[Request] = [
        ("{}", ("Host: evil.example",), "1.1"),
        ("{}", ("Host: evil.example", f"Host: {allowed}"), "1.1"),
        ("{}", (f"Host: {allowed}", "Host: evil.example"), "1.1"),
        ("{}", (f"Host: {allowed}, evil.example",), "1.1"),
        ("{}", (f"Host: evil.example:80@{allowed}",), "1.1"),
        ("{}", (f"Host: {allowed}@evil.example",), "1.1"),
        ("{}", (f"Host: {allowed}/evil.example",), "1.1"),
        ("{}", (f"Host: {allowed}.evil.example",), "1.1"),
        ("{}", (f"Host: evil.example\\{allowed}",), "1.1"),
        ("{}", (f"Host: evil.example#{allowed}",), "1.1"),
        ("{}", ("Host: evil.example", f"X-Forwarded-Host: {allowed}"), "1.1"),
        ("{}", ("Host:",), "1.1"),
        ("{}", (), "1.1"),
        ("{}", (), "1.0"),
    ]
    return _tried(victim, requests)


@attack(FRAMING, "another host in the absolute form", settings=ALLOWED)
def absolute_host(victim: Victim) -> Attempt:
    """A target in absolute form for another host, which counts, beside a Host that is allowed and without one"""
    requests: list[Request] = [
        ("http://evil.example{}", (f"Host: {victim.authority}",), "1.1"),
        ("http://evil.example{}", (), "1.0"),
    ]
    return _tried(victim, requests)


def _tried(victim: Victim, requests: list[Request]) -> Attempt:
    replies, words = [], {}
    for target, fields, version in requests:
        each = word()
        lines = [f"GET {target.format('/api/mark/' + each)} HTTP/{version}", *fields, "Connection: close", "", ""]
        words[each] = f"{target.format('')} HTTP/{version} {', '.join(fields) or 'no Host'}".strip()
        replies.append(talk(victim, "\r\n".join(lines).encode("latin-1")))
    return Attempt(tuple(replies), unreached=words)


@attack(FRAMING, "a header of the client's", cheap=True)
def header_injection(victim: Victim) -> Attempt:
    """Line feeds, and characters whose low byte is one, in a value that becomes a header, a cookie or a Location"""
    injected = word()
    breaks = ("%0d%0a", "%0a", "%0d", "%c4%8d%c4%8a", "%e5%98%8d%e5%98%8a", "%c2%85", "%e2%80%a8", "%00%0a")
    requests = [
        victim.head("GET", f"/api/{endpoint}?text=a{text}X-Injected:{injected}", "Connection: close")
        for endpoint in ("echoed", "cookie", "elsewhere")
        for text in breaks
    ]
    shown = tuple(f"{end}X-Injected:{injected}".encode() for end in ("\n", "\r"))
    return Attempt(talk_each(victim, requests), unanswered=shown)
