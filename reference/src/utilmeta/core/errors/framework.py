"""What the frameworks have for answers of their own: HTTP exceptions, and response objects (BACKEND-10a, BACKEND-11).

Those of the framework that an application is built on, and of Django where it is set up, are learned when the
application is built; a process has one service, so what is learned holds for the process. Of any other framework an
exception is an ordinary one, and a response object has no JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pydantic_core

FRAMEWORKS = {"werkzeug": "flask", **{name: name for name in ("django", "fastapi", "flask", "sanic", "starlette")}}


@dataclass(frozen=True)
class ErrorAnswer:
    """What an HTTP exception of a framework is answered with: as a problem, or where the status is no error's, without
    content. ``detail`` is a text, or any JSON. ``private`` says that the exception's own text is for whoever runs the
    service: it is logged, and in production not sent. ``errors`` are those of a 422 (ERROR-2b). ``result``, where there
    is one, is sent in place of all that, as if the endpoint had returned it.
    """

    status: int
    detail: Any = ""
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    private: bool = False
    errors: list[dict[str, str]] | None = None
    result: Any = None

    @property
    def text(self) -> str:
        return self.detail if isinstance(self.detail, str) else json.dumps(self.detail, ensure_ascii=False)


Describe = Callable[[Any], ErrorAnswer]
Convert = Callable[[Any], Any]
"""Gives the Response of a response object."""

descriptions: dict[type, Describe] = {}
conversions: dict[type, Convert] = {}
response_classes: tuple[type, ...] = ()


def learn(exceptions: Mapping[type, Describe], responses: Mapping[type, Convert]) -> None:
    """Have these exceptions and response objects, and those of subclasses, be answers from now on."""
    global response_classes
    descriptions.update(exceptions)
    conversions.update(responses)
    response_classes = tuple(conversions)


def answer_of(error: BaseException) -> ErrorAnswer | None:
    """What an exception of a framework is answered with; None for one that is none. Raises what its class raises."""
    describe = nearest(descriptions, error)
    return None if describe is None else describe(error)


def is_response(value: Any) -> bool:
    """Whether it is a response object of the application's own framework."""
    return isinstance(value, response_classes)


def converted(value: Any) -> Any:
    """The Response of a response object; anything else as it is. Raises TypeError for one that is a stream."""
    return nearest(conversions, value)(value) if isinstance(value, response_classes) else value


def nearest(table: Mapping[type, Any], value: Any) -> Any:
    for kind in type(value).__mro__:
        if kind in table:
            return table[kind]
    return None


def plain_detail(detail: Any, status: Any) -> Any:
    """A detail as JSON has it. One that only repeats the status is none. Raises ValueError for what has no JSON."""
    if not isinstance(detail, str):
        return "" if detail is None else json.loads(pydantic_core.to_json(detail, inf_nan_mode="null"))
    try:
        return "" if detail.lower() == HTTPStatus(status).phrase.lower() else detail
    except ValueError:
        return detail


def stream(value: Any) -> TypeError:
    """The error for a response object whose content is made while it is sent."""
    return TypeError(
        f"a {type(value).__module__}.{type(value).__qualname__} is a stream, which cannot be sent yet; return a "
        "response whose content is there as a whole"
    )


def misplaced(value: Any) -> str | None:
    """What is wrong with a response object of a framework where JSON is written; None for what is none."""
    for kind in type(value).__mro__:
        framework = FRAMEWORKS.get(kind.__module__.partition(".")[0])
        if framework is not None and kind.__name__.endswith("Response"):
            return (
                f"a {type(value).__module__}.{type(value).__qualname__} is sent on backend={framework!r} alone, and "
                "there as the whole result; return a Response of utilmeta.core.response"
            )
    return None
