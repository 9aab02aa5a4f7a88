"""Values that came from an implementation: equal to plain ones, and each says what it was read from.

When a comparison of a check fails, its failure is made from the operands: `kind` and `subject` say what the check
looked at (conformance.judging.failure), whatever the check calls its variables. None and bool cannot be extended; for
these, the last one that was read is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn, SupportsIndex

from conformance.foundation.exceptions import UnexpectedValue

LONGEST_SUBJECT = 100


class Observed:
    """Base of the values that came from an implementation.

    `kind` is a value of `conformance.judging.failure.Kind`, `subject` the name of a header or the path of a member.
    """

    kind: str = "value"
    subject: str = ""

    def _also(self, value: Any) -> Any:
        return observed(value, self.kind, self.subject)


class Integer(Observed, int):
    """Status, number in a body, exit status."""


class Real(Observed, float):
    """Number with a fraction."""


class Text(Observed, str):
    """Value of a header, body as text, text in a body, output."""

    def __getitem__(self, place: SupportsIndex | slice) -> Text:
        """Return a part of the text, read from the same place."""
        text: Text = self._also(str.__getitem__(self, place))
        return text

    def lower(self) -> Text:
        """Return the text in lower case, read from the same place."""
        text: Text = self._also(str.lower(self))
        return text

    def strip(self, characters: str | None = None, /) -> Text:
        """Return the text without these characters at its ends, read from the same place."""
        text: Text = self._also(str.strip(self, characters))
        return text


class Bytes(Observed, bytes):
    """Body, or all bytes of an answer."""

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> Text:
        """Return the bytes as text that was read from the same place."""
        text: Text = self._also(bytes.decode(self, encoding, errors))
        return text


class Items(Observed, list[Any]):
    """JSON array."""

    def __getitem__(self, place: Any) -> Any:
        return _noted(super().__getitem__(place), self.kind, f"{self.subject}[]")

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            yield _noted(item, self.kind, f"{self.subject}[]")


class Members(Observed, dict[str, Any]):
    """JSON object; reading a missing member is an AssertionError that names it."""

    def __getitem__(self, name: str) -> Any:
        return _noted(super().__getitem__(name), self.kind, _path(self.subject, name))

    def get(self, name: str, default: Any = None) -> Any:
        """Return a member, or `default`."""
        return _noted(super().get(name, default), self.kind, _path(self.subject, name))

    def __missing__(self, name: str) -> NoReturn:
        raise UnexpectedValue(self.kind, _path(self.subject, name), "a member", None, f"no member {name!r} in {self}")


_EXTENDED: dict[type, type] = {int: Integer, float: Real, str: Text, bytes: Bytes, list: Items, dict: Members}
_EXTENDED.update({each: each for each in _EXTENDED.values()})
_last: dict[str, tuple[Any, str, str]] = {}


def observed(value: Any, kind: str, subject: str = "") -> Any:
    """Return the value, and all that is in it, as read from `subject`; members add their path to it.

    None, bool and objects of other classes are returned as they are.
    """
    holder = [_noted(value, kind, subject)]
    left: list[tuple[Any, Any, Any, str]] = [(holder, 0, value, subject)]
    while left:
        inside, place, found, path = left.pop()
        extended = _EXTENDED.get(type(found))
        if extended is None:
            continue
        made = extended(found)
        made.kind, made.subject = kind, path
        inside[place] = made
        if extended is Members:
            left += [(made, name, member, _path(path, name)) for name, member in found.items()]
        elif extended is Items:
            left += [(made, number, item, f"{path}[]") for number, item in enumerate(list.__iter__(found))]
    return holder[0]


def _path(subject: str, name: object) -> str:
    path = f"{subject}.{name}" if subject else str(name)
    return path if len(path) <= LONGEST_SUBJECT else subject


def _noted(value: Any, kind: str, subject: str) -> Any:
    if value is None or isinstance(value, bool):
        _last["read"] = value, kind, subject
    return value


def plain_type(value: object) -> type:
    """Return the class of a value as if it had not come from an implementation: `int`, where `type` says Integer."""
    return next((plain for plain, extended in _EXTENDED.items() if extended is type(value)), type(value))


def origin(value: object) -> tuple[str, str] | None:
    """Return the kind and subject of a value that came from an implementation, None for any other.

    A collection that a check made of such values has their kind, and their subject where it is the same of all.
    """
    if isinstance(value, Observed):
        return value.kind, value.subject
    if value is None or isinstance(value, bool):
        read, kind, subject = _last.get("read", (..., "", ""))
        return (kind, subject) if read is value else None
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        inner = value.values() if isinstance(value, dict) else value
        found = {(each.kind, each.subject) for each in inner if isinstance(each, Observed)}
        kinds = {kind for kind, _ in found}
        if len(kinds) == 1:
            return kinds.pop(), found.pop()[1] if len(found) == 1 else ""
    return None


def forget() -> None:
    """Forget which None or bool was read last, before another case."""
    _last.clear()
