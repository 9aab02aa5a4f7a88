"""A reply as Django's response."""

from __future__ import annotations

from django.http import HttpResponse


class Complete(HttpResponse):  # type: ignore[misc]
    """A reply has all its headers, some of them more than once; Django's class knows each but once."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        first = dict(reversed(headers))
        super().__init__(body, status=status, headers=first)
        if "Content-Type" not in first:
            del self.headers["Content-Type"]
        self.repeated = [item for item in headers if item not in first.items()] if len(first) < len(headers) else []

    def items(self) -> list[tuple[str, str]]:
        return [*super().items(), *self.repeated]
