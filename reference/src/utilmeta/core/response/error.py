"""An exception on its way to an answer."""

from __future__ import annotations

from typing import NoReturn

from utilmeta.core.errors.framework import answer_of
from utilmeta.core.errors.raised import text_of
from utilmeta.core.request.request import Request
from utilmeta.core.response.problem import status_of
from utilmeta.utils.exceptions import HTTPError


class Error:
    """What handlers see of an ``exception`` (PLUGIN-4); ``request`` is the one that it is the answer to."""

    __slots__ = ("exception", "request")

    def __init__(self, exception: BaseException, request: Request) -> None:
        self.exception = exception
        self.request = request

    @property
    def type(self) -> type[BaseException]:
        return type(self.exception)

    @property
    def status(self) -> int:
        """The status of the answer, unless a handler gives another."""
        return status_of(self.exception)

    @property
    def message(self) -> str:
        """What the exception says: the detail of an HTTP error. Not for clients, unless one knows what it holds."""
        if isinstance(self.exception, HTTPError):
            return self.exception.detail
        answer = answer_of(self.exception)
        return text_of(self.exception) or "" if answer is None or answer.private else answer.text

    def throw(self) -> NoReturn:
        """Raise the exception again, which leaves it to the next handler."""
        raise self.exception

    def __repr__(self) -> str:
        return f"Error({self.exception!r})"
