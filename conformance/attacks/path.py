"""Attacks by paths: those that cost a router much, and other spellings of a guarded path."""

from __future__ import annotations

from conformance.attacks.attack import FRAMING, ROUTES, Attempt, Victim, attack, word
from conformance.attacks.connection import talk_each

SHORT = 3500  # characters of a path that every server takes
PATHS = (
    "//api/guarded/place", "/api//guarded/place", "/api/guarded//place", "/api/guarded/place/",
    "/api/guarded/place//", "/api/./guarded/place", "/api/nonce/../guarded/place", "/api/guarded/./place",
    "/api/guarded%2fplace", "/api%2fguarded/place", "/api/%67uarded/place", "/api/guarded/pl%61ce",
    "/api/guarded/place%2f", "/api/guarded/place%00", "/api/guarded/place%20", "/api/guarded/place;a=b",
    "/api/guarded;a/place", "/API/guarded/place", "/api/Guarded/place", "/api\\guarded\\place",
    "/api/%2567uarded/place", "/api/guarded%252fplace", "/api/guarded/place#a", "/api/guarded/place?",
    "/api/guarded/place%3f", "http://localhost/api/guarded/place", "http://localhost//api/guarded/place",
    "/api/guarded/%70%6c%61%63%65", "/api/guarded/place%09", "/api/guarded/place.", "/%61pi/guarded/place",
    "api/guarded/place",
)  # fmt: skip


@attack(ROUTES, "hyphens against a template", cheap=True)
def hyphens(victim: Victim) -> Attempt:
    """2,000 hyphens for date/{year}-{month}-{day}.html, five times"""
    return Attempt(talk_each(victim, [victim.head("GET", f"/api/date/{'-' * 2000}", "Connection: close")] * 5))


@attack(ROUTES, "templated siblings", cheap=True)
def siblings(victim: Victim) -> Attempt:
    """300 hyphens for each of three templated segments, which end as no route does"""
    many = "-" * 300
    targets = [f"/api/pair/{many}/{many}/{many}/{end}" for end in ("nothing/", "en", "end/end", "endx/x")]
    return Attempt(talk_each(victim, [victim.head("GET", target, "Connection: close") for target in targets]))


@attack(ROUTES, "deep paths")
def deep(victim: Victim) -> Attempt:
    """Paths of 1,700 and of 30,000 segments, of slashes alone, and of escaped ones"""
    paths = ("/api" + "/a" * (SHORT // 2), "/api" + "/" * SHORT, "/api" + "%2f" * (SHORT // 3), "/api" + "/a" * 30000)
    return Attempt(talk_each(victim, [victim.head("GET", path, "Connection: close") for path in paths] * 2))


@attack(ROUTES, "a long segment for a regex")
def long_segment(victim: Victim) -> Attempt:
    """A segment of 10,000 characters, and one of 3,500, for a parameter with a regex, that miss it at their end"""
    segments = ("a-" * (SHORT // 2) + "!", "a" * SHORT + "!", "a-" * 5000 + "!", "a" * 10000 + "!")
    return Attempt(
        talk_each(victim, [victim.head("GET", f"/api/slug/{text}", "Connection: close") for text in segments])
    )


@attack(FRAMING, "second spellings of a guarded path", cheap=True)
def spellings(victim: Victim) -> Attempt:
    """A path that middleware of the framework guards by `service.canonical_path`, spelled in 32 other ways"""
    words = {word(): path for path in PATHS}
    requests = [victim.head("GET", path, f"X-Word: {each}", "Connection: close") for each, path in words.items()]
    return Attempt(talk_each(victim, requests), unreached=words)
