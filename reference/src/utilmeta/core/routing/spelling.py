"""Check for route parameters that are spelled as in other frameworks, which would be literal text here (API-11d)."""

from __future__ import annotations

import re

from utilmeta.utils.exceptions import DeclarationError

NAME = r"([A-Za-z_][A-Za-z0-9_]*)"

OURS = re.compile(rf"\{{{NAME}\}}")
ORDINARY = re.compile(rf"(?:[\w.~-]|\{{{NAME}\}})*")
# A segment, or a part of one, as other frameworks write it; the first group is the name.
NAMED = (
    re.compile(rf"<(?:[^<>]*:)?\s*{NAME}\s*>"),  # Flask, Sanic, Django: <int:id>; in a regex of Django: (?P<id>...)
    re.compile(rf"^:{NAME}\??$"),  # Express, Rails
    re.compile(rf"\{{\W*{NAME}\s*(?:[:=?*][^}}]*)?\}}"),  # Starlette and FastAPI: {{id:int}}; {{id?}}, {{*rest}}
    re.compile(rf"^\[\.*{NAME}\]$"),  # Next
)
REST = re.compile(r"^\*+[A-Za-z0-9_]*$")
PARTS = re.compile(r"[?#]|%[0-9A-Fa-f]{2}")
ANCHOR = re.compile(r"^\^|\$$")
SCHEME = re.compile(r"^https?:$")


def check_spelling(text: str, template: str, label: str) -> None:
    """Raise DeclarationError for a template segment that is spelled as in another framework.

    The message says how to write the segment here.
    """
    if ORDINARY.fullmatch(text):
        return
    place = f"{label}: {text!r} in its route {template!r}"
    rest = OURS.sub("", text)
    for pattern in NAMED:
        found = pattern.search(rest)
        if found is not None:
            raise DeclarationError(
                f"{place} is no parameter; write {{{found[1]}}}, and its type as the annotation of {found[1]!r}"
            )
    if REST.fullmatch(text):
        raise DeclarationError(
            f"{place} takes nothing but itself; for the rest of a path write a name in braces, whose parameter is a "
            "request.FilePathParam"
        )
    if ANCHOR.search(text):
        raise DeclarationError(f"{place} is no regex; write the path alone, and a regex in request.PathParam(regex)")
    if PARTS.search(text):
        raise DeclarationError(
            f"{place} holds what a decoded path is never looked up by; write the path as it reads, without a query or "
            "escapes, and what is in the query as a parameter of the endpoint"
        )
    if SCHEME.match(text):
        raise DeclarationError(f"{place} begins an absolute URL; a route is a path alone")
