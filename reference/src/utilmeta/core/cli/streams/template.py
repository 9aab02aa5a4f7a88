"""Streams that request functions are annotated with: which answers they are for, and what their items become."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import pydantic

from utilmeta.core.cli.error import reason_of
from utilmeta.core.cli.streams.events import Event, EventParser
from utilmeta.core.cli.streams.lines import LineParser
from utilmeta.core.cli.transport.message import Lines
from utilmeta.core.request.content_type import media_type
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.response.events import ServerSentEvent
from utilmeta.core.response.stream import NDJSONResponse, SSEResponse, StreamResponse
from utilmeta.core.response.template import alternatives, given_result
from utilmeta.utils.exceptions import DeclarationError

Convert = Callable[[Any], Any]
"""Makes an item of what a parser gives. Raises Misfit."""


class Misfit(Exception):
    """An item is of none of the annotated types; the text says which, and not its values."""


@dataclass(frozen=True)
class StreamTemplate:
    """A compiled stream. ``status`` is None where it is for every status of 2xx."""

    made: type[StreamResponse[Any]]
    name: str
    status: int | None
    convert: Convert

    @property
    def are_events(self) -> bool:
        """Whether it is of server-sent events, which can be asked for again from the last one."""
        return issubclass(self.made, SSEResponse)

    def fits(self, status: int, fields: Lines) -> bool:
        """Return whether an answer is such a stream."""
        if self.status != status and (self.status is not None or not 200 <= status < 300):
            return False
        content_type = next((value for name, value in fields if name.lower() == "content-type"), "")
        return media_type(content_type) in self.made.media_types

    def parser(self, limit: int, last_id: str) -> EventParser | LineParser:
        """Return what parses one connection's stream."""
        return EventParser(limit, last_id) if self.are_events else LineParser(limit)


def compile_stream(template: type[StreamResponse[Any]], cls: type, label: str) -> StreamTemplate:
    """Return a compiled stream, for a request function of ``cls`` that is called ``label`` in errors.

    Raises DeclarationError.
    """
    item = given_result(template, cls)
    if issubclass(template, SSEResponse):
        convert = compile_events(item, label)
    elif issubclass(template, NDJSONResponse):
        convert = compile_values(item, label)
    else:
        raise DeclarationError(f"{label} is annotated to return {template.__qualname__}, which is no kind of stream")
    status = getattr(template, "status", None)
    return StreamTemplate(template, template.__qualname__, status if isinstance(status, int) else None, convert)


def compile_events(annotation: Any, label: str) -> Convert:
    """Return what makes an event of its class, a plain one where none is annotated. Raises DeclarationError."""
    kinds = alternatives(ServerSentEvent if annotation is Any else annotation)
    named: dict[str, list[tuple[type, Convert | None]]] = {}
    for kind in kinds:
        if not isinstance(kind, type) or not issubclass(kind, ServerSentEvent):
            raise DeclarationError(
                f"{label}: SSEResponse[...] takes subclasses of ServerSentEvent, not {kind!r}; declare one with its "
                "event and data"
            )
        if kind is not ServerSentEvent:
            named.setdefault(kind.event, []).append((kind, compile_data(kind, label)))
    plain = ServerSentEvent in kinds

    def convert(event: Event) -> ServerSentEvent:
        reasons = []
        for kind, read in named.get(event.name, ()):
            try:
                return made(kind, event, event.data if read is None else read(event.data))
            except Misfit as misfit:
                reasons.append(f"{kind.__qualname__}: {misfit}")
        if plain:
            return made(ServerSentEvent, event, event.data)
        why = f" ({'; '.join(reasons)})" if reasons else f"; there are {', '.join(map(repr, named))}"
        raise Misfit(f"the event {event.name[:80]!r} is of no class{why}")

    return convert


def made(kind: type[ServerSentEvent], event: Event, data: Any) -> ServerSentEvent:
    """Return an event as its class, however that may be constructed."""
    found = object.__new__(kind)
    found.event, found.data, found.id, found.retry = event.name, data, event.id or None, event.retry
    return found


def compile_data(kind: type[ServerSentEvent], label: str) -> Convert | None:
    """Return what makes data of its text, None where it stays one. Raises DeclarationError."""
    try:
        annotation = typing.get_type_hints(kind, include_extras=True)["data"]
    except Exception as error:  # an annotation may be any expression
        raise DeclarationError(f"{label}: the annotations of {kind.__qualname__} do not resolve: {error}") from error
    if "data" not in {name for base in kind.__mro__[:-2] for name in getattr(base, "__annotations__", {})}:
        return None  # nothing says what it is
    validate = compile_adapter(annotation, f"{kind.__qualname__}.data").validate_python
    if set(members(annotation)) <= {str, type(None)}:
        return checking(validate)
    return parsing(checking(validate))


def members(annotation: Any) -> Sequence[Any]:
    """Return the types of a union, or the one type."""
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return get_args(annotation)
    return tuple(alternatives(annotation))


def compile_values(annotation: Any, label: str) -> Convert:
    """Return what makes a value of a line."""
    if annotation is Any:
        return parsing(lambda value: value)
    return parsing(checking(compile_adapter(annotation, f"{label}: a line").validate_python))


def parsing(convert: Convert) -> Convert:
    """Return a conversion of the JSON that a text is."""

    def parse(text: str | bytes) -> Any:
        try:
            value = json.loads(text)
        except ValueError:
            raise Misfit("it is no JSON") from None
        except RecursionError:
            raise Misfit("it is nested too deeply") from None
        return convert(value)

    return parse


def checking(validate: Convert) -> Convert:
    """Return a conversion by a validator."""

    def check(value: Any) -> Any:
        try:
            return validate(value)
        except pydantic.ValidationError as error:
            where, reason = reason_of(error)
            raise Misfit(": ".join([*filter(None, [".".join(where)]), reason])) from None
        except RecursionError:
            raise Misfit("it is nested too deeply") from None

    return check


def whole(parser: EventParser | LineParser) -> Iterator[Any]:
    """Yield what is left at the end of a stream; an event that is not whole is none."""
    return parser.end() if isinstance(parser, LineParser) else iter(())
