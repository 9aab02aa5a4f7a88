"""Requests to the root scenario, each with its only right answer."""

from __future__ import annotations

import json
import random
import secrets
from dataclasses import dataclass
from typing import Any

_SHOWN = 300


class WrongAnswer(Exception):
    """An answer is wrong. The message names the kind of fault; `excerpt` shows this answer."""

    def __init__(self, kind: str, excerpt: str) -> None:
        super().__init__(kind)
        self.excerpt = excerpt


@dataclass(frozen=True)
class Question:
    """A request and its only right answer: 200 with this media type, and `answer` as text or as JSON."""

    method: str
    path: str
    media_type: str
    answer: Any
    query: str = ""
    content: Any = None

    @property
    def target(self) -> str:
        """Request target: the path with its query."""
        return self.path + self.query

    def verify(self, status: int, content_type: str, body: bytes) -> None:
        """Raise WrongAnswer unless this is the right answer."""
        media_type = content_type.partition(";")[0].strip().lower()
        if status != 200:
            kind = f"status {status} instead of 200"
        elif media_type != self.media_type:
            kind = f"{media_type or 'no content type'} instead of {self.media_type}"
        elif not self._is_right(body):
            kind = "another body than the right one"
        else:
            return
        sent = "" if self.content is None else f" with {json.dumps(self.content)}"
        raise WrongAnswer(
            kind,
            f"{self.method} {self.target}{sent} was to answer 200 {self.media_type} {self.answer!r}; "
            f"it answered {status} {content_type} {body[:_SHOWN]!r}",
        )

    def _is_right(self, body: bytes) -> bool:
        if self.media_type != "application/json":
            return body == str(self.answer).encode()
        try:
            return _canonical(json.loads(body)) == _canonical(self.answer)
        except ValueError:
            return False


def _canonical(value: Any) -> str:
    """JSON in which 1, 1.0 and true differ, and the order of keys does not."""
    return json.dumps(value, sort_keys=True)


def hello() -> Question:
    """Ask for a constant text."""
    return Question("GET", "/api/hello", "text/plain", "world")


def plus() -> Question:
    """Ask for the sum of two random numbers, sent as query parameters."""
    a, b = random.randint(-(10**6), 10**6), random.randint(0, 10**6)
    return Question("GET", "/api/plus", "application/json", a + b, query=f"?a={a}&b={b}")


def echo() -> Question:
    """Ask for a random JSON object to be sent back."""
    content = {"word": secrets.token_hex(8), "number": random.random(), "list": ["grüße", None, True, {}]}
    return Question("POST", "/api/echo", "application/json", content, content=content)
