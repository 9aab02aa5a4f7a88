"""HTTP exceptions and response objects of web frameworks, translated to UtilMeta's own (BACKEND-10a, BACKEND-11).

The translations are registered when an application is built: those of its own framework, and of Django where that is
set up. They hold for the process, which has one service. An exception of any other framework is an ordinary one, and a
response object of any other framework cannot be sent.
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
    """Answer to an HTTP exception of a framework: a problem body, or no content where the status is not an error's.

    ``detail`` is a text, or any JSON. ``private`` says that the exception's text is for the operator: it is logged, and
    not sent in production. ``errors`` are those of ERROR-2b. ``result``, where there is one, replaces all that:
    it is sent as if the endpoint had returned it.
    """

    status: int
    detail: Any = ""
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    private: bool = False
    errors: list[dict[str, str]] | None = None
    result: Any = None

    @property
    def text(self) -> str:
        """The detail as a text; JSON is encoded."""
        return self.detail if isinstance(self.detail, str) else json.dumps(self.detail, ensure_ascii=False)


Describe = Callable[[Any], ErrorAnswer]
Convert = Callable[[Any], Any]
"""Returns the Response for a framework's response object."""

descriptions: dict[type, Describe] = {}
conversions: dict[type, Convert] = {}
response_classes: tuple[type, ...] = ()


def learn(exceptions: Mapping[type, Describe], responses: Mapping[type, Convert]) -> None:
    """Register translations for exception and response classes of a framework, and for their subclasses."""
    global response_classes
    descriptions.update(exceptions)
    conversions.update(responses)
    response_classes = tuple(conversions)


def answer_of(error: BaseException) -> ErrorAnswer | None:
    """Return the answer to a framework's exception, None for any other exception.

    Raises what a property of the exception's class raises.
    """
    describe = nearest(descriptions, error)
    return None if describe is None else describe(error)


def is_response(value: Any) -> bool:
    """Return whether ``value`` is a response object of the application's own framework."""
    return isinstance(value, response_classes)


def converted(value: Any) -> Any:
    """Return the Response that a framework's response object stands for; any other value as it is.

    Raises TypeError for a response object that is a stream.
    """
    return nearest(conversions, value)(value) if isinstance(value, response_classes) else value


def nearest(table: Mapping[type, Any], value: Any) -> Any:
    """Return the entry of ``table`` for the value's class, or for its nearest base class; None where there is none."""
    for kind in type(value).__mro__:
        if kind in table:
            return table[kind]
    return None


def plain_detail(detail: Any, status: Any) -> Any:
    """Return the detail of a framework's exception as JSON values.

    It is an empty text where the detail only repeats the status phrase. Raises ValueError for a detail that cannot be
    JSON.
    """
    if not isinstance(detail, str):
        return "" if detail is None else json.loads(pydantic_core.to_json(detail, inf_nan_mode="null"))
    try:
        return "" if detail.lower() == HTTPStatus(status).phrase.lower() else detail
    except ValueError:
        return detail


def stream(value: Any) -> TypeError:
    """Return the TypeError that refuses a response object whose content is made while it is sent."""
    return TypeError(
        f"a {type(value).__module__}.{type(value).__qualname__} is a stream, which cannot be sent yet; return a "
        "response whose content is there as a whole"
    )


def misplaced(value: Any) -> str | None:
    """Return why a framework's response object cannot be encoded as JSON; None for any other value."""
    for kind in type(value).__mro__:
        framework = FRAMEWORKS.get(kind.__module__.partition(".")[0])
        if framework is not None and kind.__name__.endswith("Response"):
            return (
                f"a {type(value).__module__}.{type(value).__qualname__} is sent on backend={framework!r} alone, and "
                "there as the whole result; return a Response of utilmeta.core.response"
            )
    return None
