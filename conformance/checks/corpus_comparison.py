"""Compares an answer with the normative one of the corpus (BACKEND-7), and with that of another service."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any

from conformance.checks import corpus, server
from conformance.checks.corpus import OF_FRAMEWORKS, PROMISED, Case
from conformance.target.exchange import Exchange
from conformance.target.service import Service


def compared(case: Case, answer: Exchange) -> list[str]:
    """One sentence for each difference in status, body and headers; empty where there is none."""
    length = [] if case.content_type is None else [("Content-Length", str(len(answer.body)))]
    typed = [] if case.content_type is None else [("Content-Type", case.content_type)]
    expected = headers_of(case, (*case.headers, *length, *typed))
    found = _different("", case.status, answer.status)
    if found:
        return found
    if case.content_type != corpus.PROBLEM:
        with told_as(found):
            found += _different("the body", case.body, body_of(case, answer))
    return found + _of_headers(expected, headers_of(case, answer.headers))


def alike(case: Case, answer: Exchange, other: Exchange) -> list[str]:
    """Like `compared`, where the right answer to the case's request is what another service answers."""
    found = _different("", other.status, answer.status)
    if found:
        return found
    headers, right = (headers_of(case, each.headers) for each in (answer, other))
    if case.content_type == corpus.PROBLEM:  # which may be longer in development
        return _of_headers({**right, "content-length": headers.get("content-length")}, headers)
    with told_as(found):
        found += _different("the body", body_of(case, other), body_of(case, answer))
    return found + _of_headers(right, headers)


def differences(service: Service, case: Case, like: Service | None = None) -> list[str]:
    """In what the answer to the request, and to HEAD in place of GET, is not the normative one: a line each.

    Where there is a service `like`, its answers are the right ones.
    """
    method, _, path = case.request.partition(" ")
    where = f"{server.name(service)}: {case.request[:100]} {dict(case.sent) or ''}"
    answer = service.request(method, path, headers=case.sent, body=case.content)
    if like is None:
        wrong = compared(case, answer)
    else:
        wrong = alike(case, answer, like.request(method, path, headers=case.sent, body=case.content))
    found = [f"{where}: {difference}" for difference in wrong]
    if method == "GET":
        head = service.request("HEAD", path, headers=case.sent)
        if head.status != answer.status:
            found.append(f"{where}: HEAD is {head.status}, GET {answer.status}")
        of_head, of_get = (headers_of(case, each.headers) for each in (head, answer))
        if of_head != of_get:
            found.append(f"{where}: HEAD has {of_head}, GET {of_get}")
        if rest := head.trailing:
            found.append(f"{where}: after HEAD came {rest[:60]!r}")
    return found


def body_of(case: Case, answer: Exchange) -> Any:
    """The body: of JSON its value, else its bytes. AssertionError where it should be JSON and is none."""
    return answer.json() if case.content_type == corpus.JSON else answer.body


def headers_of(case: Case, headers: Any) -> dict[str, list[Any]]:
    """Values of each header that is compared, in their order: those of the case, PROMISED and OF_FRAMEWORKS.

    Of an error its media type is not compared (ERROR-2). Methods of Allow have no order, media types no spelling.
    """
    compared = {name.lower() for name, _ in case.headers} | PROMISED | OF_FRAMEWORKS
    if case.content_type == corpus.PROBLEM:
        compared -= {"content-type"}
    found: dict[str, list[Any]] = {}
    for name, value in headers:
        lower = name.lower()
        if lower in compared:
            found.setdefault(lower, []).append(_READ.get(lower, str)(value))
    return found


def media_type(value: str) -> tuple[str, str | None]:
    """Type and charset of a Content-Type, in lower case; JSON without a charset is UTF-8 (RFC 8259, 8.1)."""
    message = Message()
    message["Content-Type"] = value
    kind, charset = message.get_content_type(), message.get_content_charset()
    return kind, "utf-8" if charset is None and kind == corpus.JSON else charset


def _methods(value: str) -> list[str]:
    return sorted(method.strip() for method in value.split(","))


_READ = {"content-type": media_type, "allow": _methods}


def _different(what: str, expected: Any, came: Any) -> list[str]:
    return [] if expected == came else [f"{what} {_short(came)} instead of {_short(expected)}".lstrip()]


def _of_headers(expected: Mapping[str, list[Any] | None], came: Mapping[str, list[Any]]) -> list[str]:
    return [
        f"{name} is {came.get(name)} instead of {expected.get(name)}"
        for name in sorted({*expected, *came})
        if expected.get(name) != came.get(name)
    ]


def _short(value: Any) -> str:
    return repr(value[:200] if isinstance(value, bytes) else value)


@contextlib.contextmanager
def told_as(found: list[str]) -> Iterator[None]:
    """Context manager: the first line of an AssertionError is added to `found`, and nothing raised."""
    try:
        yield
    except AssertionError as error:
        found.append(str(error).splitlines()[0])
