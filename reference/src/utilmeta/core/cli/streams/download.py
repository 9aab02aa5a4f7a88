"""Downloads: the body of an answer as a file, which an interrupted one goes on from (RFC 9110, 13.1.5 and 14)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, TypedDict

from typing_extensions import Unpack

from utilmeta.core.cli.error import Aborted, StreamError, UnexpectedResponse
from utilmeta.core.cli.request import ClientRequest, encoded, fields_of
from utilmeta.core.cli.streams.body import Body
from utilmeta.core.cli.streams.partial_file import AT_ONCE, PartialFile, digests_of
from utilmeta.core.cli.streams.template import StreamTemplate
from utilmeta.core.cli.template import Returns
from utilmeta.core.cli.transport.connections import driven
from utilmeta.core.cli.transport.message import Lines
from utilmeta.core.response.headers import Fields
from utilmeta.core.response.response import Response
from utilmeta.core.response.stream import StreamResponse

Progress = Callable[[int, "int | None"], object]
"""Called with the bytes that there are, and how many there will be, None where that is not known."""
Off = Callable[..., Awaitable[Any]]
"""Calls a function that waits for the disk, and is awaited."""

OK, PARTIAL, NOT_SATISFIABLE = 200, 206, 416
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class Asked(TypedDict, total=False):
    """What a download is asked for with; see ``Client.request``."""

    query: Mapping[str, Any] | None
    headers: Any
    cookies: Any
    timeout: Any


class Content(StreamResponse[bytes]):
    """An answer whose body becomes a file."""


@dataclass(frozen=True)
class ContentTemplate(StreamTemplate):
    """What a download is answered by."""

    def fits(self, status: int, fields: Lines) -> bool:
        """Return whether an answer has the content, or a part of it."""
        return status in (OK, PARTIAL)


CONTENT = ContentTemplate(Content, "file", None, bytes)


class Downloads:
    """The functions of a client that write answers to files."""

    _any: Any
    _source: Any

    def download(
        self,
        path: str,
        to: str | PathLike[str],
        *,
        progress: Progress | None = None,
        resume: bool = True,
        **options: Unpack[Asked],
    ) -> Path:
        """Send a GET, write the body of its answer to the file ``to``, and return that as a Path.

        ``progress`` is called with the bytes that there are and how many there will be, None where the server does not
        say. What an interrupted download has is kept beside the file, and with ``resume`` the next one goes on from
        there, if the server says that the rest is of the same content. ``timeout`` bounds all of it, the client's
        ``default_timeout`` the time until the head. Raises ClientError, UnexpectedResponse for an answer without the
        content, and OSError.
        """
        ask = partial(self._any, False, "GET")
        return driven(download(ask, self._source(path), path, to, progress, resume, options, called))  # type: ignore[no-any-return]

    async def async_download(
        self,
        path: str,
        to: str | PathLike[str],
        *,
        progress: Progress | None = None,
        resume: bool = True,
        **options: Unpack[Asked],
    ) -> Path:
        """Do what ``download`` does, awaited; the file is written in a thread, ``progress`` is called on the loop."""
        ask = partial(self._any, True, "GET")
        return await download(ask, self._source(path), path, to, progress, resume, options, asyncio.to_thread)


async def called(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function here, for a plain call."""
    return function(*arguments)


async def download(
    ask: Callable[..., Awaitable[Any]],
    source: str,
    path: str,
    to: str | PathLike[str],
    progress: Progress | None,
    resume: bool,
    options: Asked,
    off: Off,
) -> Path:
    """Write the answer to a request for a path to a file; see ``Client.download``.

    ``ask`` sends the request, to the URL ``source`` and the query.
    """
    target, query, timeout = Path(to), options.get("query"), options.get("timeout")
    returns = Returns((), plain=True, streams=(CONTENT,), bounded=timeout is not None)
    fields = fields_of(options.get("headers"))

    async def asked(more: Fields) -> Response[Any]:
        answer: Any = await ask(path, query, None, [*fields, *more], options.get("cookies"), timeout, returns)
        if answer.error is not None:
            raise answer.error
        return answer  # type: ignore[no-any-return]

    file: PartialFile = await off(PartialFile, target, f"{source}?{encoded(query or {})}")
    try:
        if resume and file.validator is not None:
            answer = await asked([("Range", f"bytes={file.size}-"), ("If-Range", file.validator)])
            goes_on = answer.status == PARTIAL and is_next(answer, file)
            if not goes_on and answer.status in (PARTIAL, NOT_SATISFIABLE):
                if isinstance(answer, Content):
                    await body_of(answer).close()
                answer = await asked([])
        else:
            answer, goes_on = await asked([]), False
        body = body_of(answer)
        try:
            if answer.status != OK and not goes_on:
                raise unexpected(answer)
            if not goes_on:
                await off(file.begin, validator_of(answer))
            await write(file, body, total_of(answer, file.size), progress, off)
        finally:
            await body.close()
        await off(check, file, answer)
        await off(file.finish)
    finally:
        await off(file.close)
    return target


async def write(file: PartialFile, body: Body, total: int | None, progress: Progress | None, off: Off) -> None:
    """Write a body to a file, and tell how much there is. Raises ClientError where it is not all of it."""
    have, waiting = file.size, bytearray()

    async def written() -> None:
        nonlocal have
        if waiting:
            await off(file.write, have, bytes(waiting))
            have += len(waiting)
            waiting.clear()

    try:
        if progress is not None:
            progress(have, total)
        while piece := await body.read():
            waiting += piece
            if progress is not None:
                progress(have + len(waiting), total)
            if len(waiting) >= AT_ONCE:
                await written()
    finally:
        await written()  # again where that was interrupted
    if total is not None and have != total:
        raise Aborted(f"{body.request.place}: there are {have} bytes of {total}", body.request)


def check(file: PartialFile, answer: Response[Any]) -> None:
    """Raise StreamError, and forget the content, where it is not the one whose digest the answer has."""
    if not file.matches(digests_of(header(answer, "repr-digest") or "")):
        file.validator = None
        request: ClientRequest = answer.request
        raise StreamError(f"{request.place}: the content is not what the header Repr-Digest says", request)


def body_of(answer: Response[Any]) -> Body:
    """Return the body of an answer. Raises UnexpectedResponse for one that has no content."""
    if not isinstance(answer, Content):
        raise unexpected(answer)
    body: Body = answer._source.body  # type: ignore[attr-defined]
    return body


def unexpected(answer: Response[Any]) -> UnexpectedResponse:
    """Return the error of an answer that has not the content."""
    request: ClientRequest = answer.request
    return UnexpectedResponse(f"{request.place}: the answer {answer.status} has no file", request, answer)


def is_next(answer: Response[Any], file: PartialFile) -> bool:
    """Return whether an answer has what comes behind the content that is there."""
    tag = header(answer, "etag")
    if tag is not None and file.validator is not None and file.validator[:1] == '"' and tag != file.validator:
        return False
    found = CONTENT_RANGE.fullmatch(header(answer, "content-range") or "")
    return found is not None and int(found[1]) == file.size


def total_of(answer: Response[Any], have: int) -> int | None:
    """Return how large the content is, of which ``have`` bytes are there; None where the server does not say."""
    found = CONTENT_RANGE.fullmatch(header(answer, "content-range") or "")
    if answer.status == PARTIAL and found is not None and found[3] != "*":
        return int(found[3])
    length = header(answer, "content-length") or ""
    return have + int(length) if length.isdecimal() and length.isascii() else None


def validator_of(answer: Response[Any]) -> str | None:
    """Return what a part can be asked for by: a strong entity tag, or a strong date (RFC 9110, 8.8.2.2)."""
    tag, changed, date = (header(answer, name) for name in ("etag", "last-modified", "date"))
    if tag is not None:
        return tag if tag[:1] == '"' else None
    try:
        gap = parsedate_to_datetime(date or "") - parsedate_to_datetime(changed or "")
    except (TypeError, ValueError, IndexError):
        return None
    return changed if gap.total_seconds() >= 1 else None


def header(answer: Response[Any], name: str) -> str | None:
    """Return a header of an answer."""
    return next((value for each, value in answer.fields if each.lower() == name), None)
