"""A result with a status, headers or content type of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from utilmeta.core.request.request import Request

Headers = Mapping[str, str] | Iterable[tuple[str, str]]

# Written by UtilMeta or the server alone: a second one would contradict the message (RFC 9110, 8.6; RFC 9112, 6).
RESERVED = frozenset({"content-length", "transfer-encoding", "connection", "x-request-id"})


class Response:
    """``result`` is encoded as if the endpoint had returned it; None with a status that has no content is no body.

    ``headers`` is a mapping, or pairs where a name repeats (Set-Cookie). Raises TypeError or ValueError for a status
    that is none and for a header that would break out of its line.
    """

    __slots__ = ("content_type", "headers", "request", "result", "status")

    request: Request

    def __init__(
        self,
        result: Any = None,
        status: int = 200,
        *,
        headers: Headers | None = None,
        content_type: str | None = None,
    ) -> None:
        if isinstance(status, bool) or not isinstance(status, int):
            raise TypeError(f"a response status is a number, not {status!r}")
        if not 200 <= status <= 599:
            raise ValueError(f"a response status is between 200 and 599, not {status}")
        # A 205 has a content type and length like any other, but no content (RFC 9110, 15.3.6).
        self.result = "" if status == 205 else result
        self.status = int(status)
        self.content_type = content_type
        self.headers: list[tuple[str, str]] = []
        pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
        for name, value in pairs:
            if name.lower() == "content-type":
                self.content_type = content_type or value
            elif name.lower() not in RESERVED:
                self.headers.append((safe(name), safe(value)))
        if self.content_type is not None:
            safe(self.content_type)

    @property
    def has_content(self) -> bool:
        """Whether its status may carry content (RFC 9110, 15.3.5 and 15.4.5)."""
        return self.status not in (204, 304)


def safe(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a header is a text, not {text!r}")
    if "\r" in text or "\n" in text or "\0" in text:
        raise ValueError(f"a header holds no line break or NUL: {text!r}")
    text.encode("latin-1")
    return text
