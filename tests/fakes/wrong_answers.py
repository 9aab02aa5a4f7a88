"""A pytest plugin: forked services answer with something else than theirs, of the kind that WRONG_ANSWERS names.

It is another body, or all of another answer. The cases that read such a body, or got such an answer, are listed in the
file WRONG_CASES. What the harness itself asks a service is left alone.
"""

import json
import os
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from conformance.plugin.run import node_of
from conformance.target.exchange import Exchange
from conformance.target.service import Respondent, Service
from conformance.target.target import Target

BODIES = {
    "application/json": {"wrong": True},
    "application/problem+json": {"status": 500, "title": "Wrong"},
}


def another(answer: Exchange) -> bytes:
    """One of its media type, as far as there is another."""
    body = BODIES.get(answer.content_type or "")
    return b"wrong" if body is None else json.dumps(body).encode()


BODY_KINDS: dict[str, Callable[[Exchange], bytes]] = {"another": another, "another kind": lambda answer: b"[[5]]"}
ANSWER = "another answer"


class WatchedExchange(Exchange):
    """An Exchange that tells `read` when its body is read as a text or as JSON."""

    read: Callable[[], None]

    @property
    def text(self) -> str:
        self.read()
        return super().text

    def json(self) -> Any:
        self.read()
        return super().json()


class WrongAnswers:
    """What the running case gets in place of the answers to it."""

    def __init__(self, kind: str, cases: str) -> None:
        self.kind, self.cases, self.node = kind, cases, ""
        ask = Respondent._recorded

        def wrong(respondent: Respondent, *arguments: Any, **more: Any) -> Exchange:
            answer = ask(respondent, *arguments, **more)
            target = getattr(respondent.record, "__self__", None)
            prepares = not isinstance(target, Target) or target.trace._prepares
            return self.made(answer) if isinstance(respondent, Service) and not prepares else answer

        Respondent._recorded = wrong  # type: ignore[assignment, method-assign]

    def note(self) -> None:
        with open(self.cases, "a", encoding="utf-8") as cases:
            cases.write(f"{self.node}\n")

    def made(self, answer: Exchange) -> Exchange:
        parts = {field.name: getattr(answer, field.name) for field in fields(answer)}
        if self.kind == ANSWER:
            self.note()
            status = 599 if answer.status < 400 else 200
            return Exchange(**{**parts, "status": status, "headers": (), "body": another(answer)})
        watched = WatchedExchange(**{**parts, "body": BODY_KINDS[self.kind](answer)})
        object.__setattr__(watched, "read", self.note)
        return watched

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.node = node_of(item)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(WrongAnswers(os.environ["WRONG_ANSWERS"], os.environ["WRONG_CASES"]))
