"""What goes wrong with the requests of clients.

No text here shows what may be secret: of a URL it has the origin and path, nothing of headers, query and body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydantic

if TYPE_CHECKING:
    from utilmeta.core.cli.request import ClientRequest
    from utilmeta.core.response.response import Response


WITH_VALUE = frozenset({"invalid", "value_error", "assertion_error"})  # types of errors whose text may hold a value


def reason_of(error: pydantic.ValidationError) -> tuple[list[str], str]:
    """Return where in a value the first error is, and what it is, without the value, which may be a secret."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return [str(part) for part in first["loc"]], "does not convert" if first["type"] in WITH_VALUE else first["msg"]


class ClientError(Exception):
    """Base of what goes wrong with a client's request; ``request`` is that, where it was made already."""

    def __init__(self, message: str, request: ClientRequest | None = None) -> None:
        super().__init__(message)
        self.request = request


class ArgumentError(ClientError, ValueError):
    """An argument of a request cannot be sent; nothing was (CLIENT-10)."""


class Aborted(ClientError, ConnectionError):
    """The request failed and there is no answer: no connection, or one that ended too early (CLIENT-2a)."""


class TimedOut(ClientError, TimeoutError):
    """The time of the call was over before all of the answer was there (CLIENT-4)."""


class StreamError(ClientError):
    """A stream holds what it may not: something too large, or of none of the types that are annotated."""


class UnexpectedResponse(ClientError):
    """The answer, ``response``, is none of those that the request function is annotated with (CLIENT-g13)."""

    def __init__(self, message: str, request: ClientRequest | None, response: Response[Any]) -> None:
        super().__init__(message, request)
        self.response = response
