"""A pytest plugin: forked services succeed with another body than theirs, of the kind that WRONG_ANSWERS names.

An answer that is an error stays as it is: its body is the business of ERROR-2 alone. The cases that got a wrong answer
are listed in the file WRONG_CASES. What the harness itself asks a service is left alone.
"""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conformance.plugin.run import node_of
from conformance.target.exchange import Exchange
from conformance.target.service import Respondent, Service
from conformance.target.target import Target


def another(answer: Exchange) -> bytes:
    """One of its media type, as far as there is another."""
    return json.dumps({"wrong": True}).encode() if answer.content_type == "application/json" else b"wrong"


KINDS: dict[str, Callable[[Exchange], bytes]] = {"another": another, "another kind": lambda answer: b"[[5]]"}


class WrongAnswers:
    """What the running case gets in place of the answers to it."""

    def __init__(self, kind: str, cases: str) -> None:
        self.body, self.cases, self.node = KINDS[kind], cases, ""
        ask = Respondent._recorded

        def wrong(respondent: Respondent, *arguments: Any, **more: Any) -> Exchange:
            answer = ask(respondent, *arguments, **more)
            target = getattr(respondent.record, "__self__", None)
            prepares = not isinstance(target, Target) or target.trace._prepares
            return self.made(answer) if isinstance(respondent, Service) and not prepares else answer

        Respondent._recorded = wrong  # type: ignore[assignment, method-assign]

    def made(self, answer: Exchange) -> Exchange:
        if answer.status >= 400:
            return answer
        with open(self.cases, "a", encoding="utf-8") as cases:
            cases.write(f"{self.node}\n")
        return replace(answer, body=self.body(answer))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.node = node_of(item)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(WrongAnswers(os.environ["WRONG_ANSWERS"], os.environ["WRONG_CASES"]))
