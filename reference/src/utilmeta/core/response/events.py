"""Server-sent events as objects: ``ServerSentEvent`` and its subclasses, an event each (WHATWG HTML, 9.2)."""

from __future__ import annotations

from typing import Any

from utilmeta.utils.exceptions import DeclarationError

MESSAGE = "message"
"""The name of events that have none of their own."""


class ServerSentEvent:
    """One event of a stream.

    ``event`` is its name. ``data`` is a text, or what JSON can hold. ``id`` is what a client that connects again says
    it has seen last. ``retry`` is how long it waits before that, in milliseconds.

        class Added(ServerSentEvent):
            event = "added"
            data: Item

    A subclass is for the events of one name, and its ``data`` for their type. Raises DeclarationError for an ``event``
    of a subclass that is no text of one line.
    """

    event: str = MESSAGE
    data: Any
    id: str | None
    retry: int | None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        name = vars(cls).get("event", MESSAGE)
        if not isinstance(name, str) or not name or "\n" in name or "\r" in name:
            raise DeclarationError(
                f"{cls.__qualname__}.event is the name of an event, a text of one line, not {name!r}"
            )

    def __init__(
        self, event: str | None = None, data: Any = None, id: str | None = None, retry: int | None = None
    ) -> None:
        if event is not None:
            self.event = event
        self.data = data
        self.id = id
        self.retry = retry

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__} {self.event!r}>"  # its data may be a secret
