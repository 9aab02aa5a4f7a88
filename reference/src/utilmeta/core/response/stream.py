"""Responses whose bodies are read piece by piece: server-sent events, and JSON values a line each.

A client gives them (CLIENT), and what reads them is its own; a service does not answer by them yet.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar, NoReturn, Protocol, TypeVar

from utilmeta.core.response.response import Response, Result
from utilmeta.utils.exceptions import DeclarationError

Self = TypeVar("Self", bound="StreamResponse[Any]")


class Source(Protocol):
    """What a stream is read from."""

    def called(self) -> Iterator[Any]:
        """Yield its items. Raises TypeError where they have to be awaited."""

    def awaited(self) -> AsyncIterator[Any]:
        """Yield its items, awaited. Raises TypeError where they need not be."""

    def close(self) -> None:
        """End the stream."""

    async def aclose(self) -> None:
        """End the stream."""


class StreamResponse(Response[Result]):
    """Base of responses that are iterated, once: by ``for``, or by ``async for`` where the request was awaited.

    The connection is closed when the iteration ends or is left, by ``close`` or ``aclose``, and at the end of ``with``
    or ``async with``. ``status``, ``headers`` and ``request`` are as of other responses; ``result`` and ``data`` are
    None.
    """

    media_types: ClassVar[frozenset[str]] = frozenset()
    _source: Source

    def __init__(self, *arguments: Any, **options: Any) -> None:
        refuse(type(self).__qualname__)

    def __iter__(self) -> Iterator[Result]:
        return self._source.called()

    def __aiter__(self) -> AsyncIterator[Result]:
        return self._source.awaited()

    @property
    def content(self) -> NoReturn:
        """What a service would send of it. Raises DeclarationError."""
        refuse(type(self).__qualname__)

    def close(self) -> None:
        """End the stream and close its connection."""
        self._source.close()

    async def aclose(self) -> None:
        """End the stream of an awaited request and close its connection."""
        await self._source.aclose()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    async def __aenter__(self: Self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()


class SSEResponse(StreamResponse[Result]):
    """Server-sent events; ``SSEResponse[Union[A, B]]``, of subclasses of ServerSentEvent, gives each as its class.

    An event is of the class whose ``event`` is its name, whose ``data`` it parses as; where it is of none, it is a
    plain ServerSentEvent if that is in the Union, and else an error.
    """

    media_types = frozenset({"text/event-stream"})


class NDJSONResponse(StreamResponse[Result]):
    """JSON values, one in each line; those of ``NDJSONResponse[T]`` are converted to T."""

    media_types = frozenset({"application/x-ndjson", "application/jsonl"})


def is_stream(kind: Any) -> bool:
    """Return whether a type is a StreamResponse."""
    return isinstance(kind, type) and issubclass(kind, StreamResponse)


def refuse(label: str) -> NoReturn:
    """Raise DeclarationError, which begins with ``label``, for a stream of a service."""
    raise DeclarationError(
        f"{label} is a stream, which clients alone read; an endpoint cannot answer by one yet: return the whole result"
    )
