"""The Error object, which hooks and plugins get for an exception."""

from __future__ import annotations

from traceback import format_tb
from typing import NoReturn

from utilmeta.core.errors.exception_log import text_of
from utilmeta.core.errors.framework import answer_of
from utilmeta.core.request.request import Request
from utilmeta.core.response.problem import status_of
from utilmeta.utils.exceptions import HTTPError


class Error:
    """An ``exception`` that is about to be answered, as hooks and plugins see it, and its ``request`` (PLUGIN-4)."""

    __slots__ = ("exception", "request")

    def __init__(self, exception: BaseException, request: Request) -> None:
        self.exception = exception
        self.request = request

    @property
    def type(self) -> type[BaseException]:
        """The class of the exception."""
        return type(self.exception)

    @property
    def status(self) -> int:
        """The status of the answer, unless a handler gives another."""
        return status_of(self.exception)

    @property
    def traceback(self) -> str:
        """The stack where the exception was raised, as Python prints it; it shows source, so it is for logs alone."""
        return "".join(format_tb(self.exception.__traceback__))

    @property
    def message(self) -> str:
        """The text of the exception, or the detail of an HTTP error.

        Do not send it to clients without knowing what it holds.
        """
        if isinstance(self.exception, HTTPError):
            return self.exception.detail
        answer = answer_of(self.exception)
        return text_of(self.exception) or "" if answer is None or answer.private else answer.text

    def throw(self) -> NoReturn:
        """Raise the exception again, which leaves it to the next handler."""
        raise self.exception

    def __repr__(self) -> str:
        return f"Error({self.exception!r})"
