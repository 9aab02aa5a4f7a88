"""Django's response object for a reply of a service."""

from __future__ import annotations

from django.http import HttpResponse


class Complete(HttpResponse):  # type: ignore[misc]
    """Response with exactly the reply's headers, some of which may repeat; Django's class keeps one for each name."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        first = dict(reversed(headers))
        super().__init__(body, status=status, headers=first)
        if "Content-Type" not in first:
            del self.headers["Content-Type"]
        self.repeated = again(headers) if len(self.headers) < len(headers) else []

    def items(self) -> list[tuple[str, str]]:
        return [*super().items(), *self.repeated]


def again(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return each header whose name, in any case, occurred before."""
    seen: set[str] = set()
    found = []
    for name, value in headers:
        if name.lower() in seen:
            found.append((name, value))
        seen.add(name.lower())
    return found
