"""An exception on its way to an answer."""

from __future__ import annotations

from typing import NoReturn

from utilmeta.core.request.request import Request
from utilmeta.core.response.problem import status_of
from utilmeta.utils.exceptions import HTTPError


class Error:
    """What handlers see of an ``exception`` (PLUGIN-4); ``request`` is the one that it is the answer to."""

    __slots__ = ("exception", "request")

    def __init__(self, exception: Exception, request: Request) -> None:
        self.exception = exception
        self.request = request

    @property
    def type(self) -> type[Exception]:
        return type(self.exception)

    @property
    def status(self) -> int:
        """The status of the answer, unless a handler gives another."""
        return self.exception.status if isinstance(self.exception, HTTPError) else status_of(self.exception)

    @property
    def message(self) -> str:
        """What the exception says: the detail of an HTTP error. Not for clients, unless one knows what it holds."""
        return self.exception.detail if isinstance(self.exception, HTTPError) else str(self.exception)

    def throw(self) -> NoReturn:
        """Raise the exception again, which leaves it to the next handler."""
        raise self.exception

    def __repr__(self) -> str:
        return f"Error({self.exception!r})"
