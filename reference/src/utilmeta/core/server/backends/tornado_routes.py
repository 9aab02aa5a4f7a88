"""Routing of a Tornado application to the API: by its last rule, but before the catch-alls."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import unquote_to_bytes

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, PathMatches, Rule, RuleRouter
from tornado.web import Application

from utilmeta.core.server.backends.routes import Routes

CATCH_ALL = re.compile(r"\^?/?(\((\?P<\w+>)?\.[*+]\)|\.[*+])\$?")

Claims = Callable[[bytes], bool]


class Taken(Matcher):  # type: ignore[misc]
    """Matcher of the paths that the API takes."""

    def __init__(self, takes: Claims) -> None:
        self.takes = takes

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        return {} if self.takes(path_of(request)) else None


class Unclaimed(Matcher):  # type: ignore[misc]
    """Matcher of a native catch-all, without the paths that an API claims."""

    def __init__(self, native: Matcher) -> None:
        self.native = native
        self.claims: list[Claims] = []

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        path = path_of(request)
        return None if any(claims(path) for claims in self.claims) else self.native.match(request)

    def reverse(self, *args: Any) -> str | None:
        path: str | None = self.native.reverse(*args)
        return path


def arranged(rules: list[Rule], claims: Claims) -> list[Rule]:
    """Return the rules with the catch-alls last, and these without the paths that the API claims."""
    first: list[Rule] = []
    last: list[Rule] = []
    for rule in rules:
        if isinstance(rule.target, RuleRouter) and not isinstance(rule.target.rules, Routes):
            rule.target.rules = arranged(rule.target.rules, claims)
        elif isinstance(rule.matcher, PathMatches) and CATCH_ALL.fullmatch(rule.matcher.regex.pattern):
            rule.matcher = Unclaimed(rule.matcher)
        if isinstance(rule.matcher, Unclaimed) and claims not in rule.matcher.claims:
            rule.matcher.claims.append(claims)
        (last if isinstance(rule.matcher, Unclaimed) else first).append(rule)
    return [*first, *last]


def path_of(native: HTTPServerRequest) -> bytes:
    """Return the percent-decoded path of Tornado's request."""
    path: str = native.path
    return unquote_to_bytes(path.encode("latin-1"))


def add_last(application: Application, api: Rule, claims: Claims) -> None:
    """Make the application try ``api`` after every native rule, whenever added, but before the catch-alls."""
    natives, wildcard = application.default_router, application.wildcard_router

    def arrange_last(rules: list[Rule]) -> list[Rule]:
        return [*arranged([rule for rule in rules if rule is not api], claims), api]

    wildcard.rules = Routes(wildcard.rules, arrange_last)
    wildcard.rules.append(api)
    natives.rules = Routes(natives.rules, partial(arranged, claims=claims))
