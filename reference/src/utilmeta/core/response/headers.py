"""Headers of a response: a mapping whose names are case-insensitive (RFC 9110, 5.1), of which some may repeat.

response.headers["X-Count"] = 12            # in place of what the header was
response.headers.add("Set-Cookie", "a=b")   # beside what the header was
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote

from utilmeta.core.request.headers import TOKEN

Fields = list[tuple[str, str]]
"""Headers in their order, as names and values; a name may be there more than once."""

REFERENCES = frozenset({"location", "content-location"})
DISALLOWED = re.compile(r"%(?![0-9A-Fa-f]{2})|[^%!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")
ALLOWED = re.compile(r"(?:%[0-9A-Fa-f]{2}|[!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~-])*")
# C0 without the tab, DEL, and C1, which is in Latin-1 too.
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")

# Headers that only UtilMeta or the server writes: a second one would contradict the message (RFC 9110, 8.6; RFC 9112,
# 6), and those of the connection are not an application's (RFC 9110, 7.6.1; PEP 3333 and HTTP/2 refuse them).
OF_CONNECTION = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)
RESERVED = OF_CONNECTION | {"content-length", "x-request-id"}
# Headers with one value, which a second line would not extend (RFC 9110, 5.3).
SINGLE = frozenset(
    {
        "access-control-allow-credentials",
        "access-control-allow-origin",
        "access-control-max-age",
        "age",
        "content-disposition",
        "content-location",
        "content-range",
        "content-type",
        "etag",
        "expires",
        "last-modified",
        "location",
        "retry-after",
    }
)


class ResponseHeaders(MutableMapping[str, "str | int | float"]):
    """View of the headers of a response; values are texts, and numbers become texts when they are set (API-g39).

    A header that is there more than once is read as its first value; ``getlist`` gives all of them. Setting a name
    raises what ``checked_headers`` raises, at once, and nothing is changed then.
    """

    __slots__ = ("fields",)

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def __getitem__(self, name: str) -> str:
        for found in self.getlist(name):
            return found
        raise KeyError(name)

    def __setitem__(self, name: str, value: str | int | float) -> None:
        (field,) = checked_headers([(name, value)])
        place = next((at for at, (other, _) in enumerate(self.fields) if same(other, name)), len(self.fields))
        self.fields[place:] = [field, *(each for each in self.fields[place:] if not same(each[0], name))]

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.fields[:] = [field for field in self.fields if not same(field[0], name)]

    def __iter__(self) -> Iterator[str]:
        return iter({name.lower(): name for name, _ in self.fields}.values())

    def __len__(self) -> int:
        return len({name.lower() for name, _ in self.fields})

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.getlist(name))

    def getlist(self, name: str) -> list[str]:
        """Return all values of a header, in their order."""
        return [value for other, value in self.fields if same(other, name)]

    def add(self, name: str, value: str | int | float) -> None:
        """Add a header, also where there is one of this name.

        Raises what setting it raises, and ValueError for a second one of a name that has one value.
        """
        added = list(checked_headers([(name, value)]))
        sendable([*self.fields, *added])
        self.fields += added

    def __repr__(self) -> str:
        return f"ResponseHeaders({self.fields!r})"


def same(one: str, other: str) -> bool:
    """Return whether two names are those of one header."""
    return one.lower() == other.lower()


def sendable(headers: Iterable[tuple[str, str]]) -> Fields:
    """Return those of ``headers`` that an application may send.

    Raises ValueError for a second header of a name that has one value.
    """
    kept: Fields = []
    seen: set[str] = set()
    for name, value in headers:
        lower = name.lower()
        if lower in RESERVED:
            continue
        if lower in SINGLE:
            if lower in seen:
                raise ValueError(f"the header {name} is there twice; it has one value")
            seen.add(lower)
        kept.append((name, value))
    return kept


def checked_headers(headers: Any) -> Iterable[tuple[str, str]]:
    """Yield each header of a mapping or of pairs with a valid name and value. Raises TypeError or ValueError."""
    for name, value in pairs_of(headers):
        if not isinstance(name, str) or not TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a header; it is made of letters, digits and hyphens")
        text = safe(f"the header {name}", reference(value) if name.lower() in REFERENCES else written(value))
        yield str.strip(name), text


def pairs_of(headers: Any) -> Iterable[tuple[Any, Any]]:
    """Return the headers of a mapping or of pairs, not checked. Raises TypeError for anything else."""
    if isinstance(headers, ResponseHeaders):
        return headers.fields
    if isinstance(headers, Mapping):
        return headers.items()
    if isinstance(headers, Iterable) and not isinstance(headers, (str, bytes)):
        pairs = list(headers)
        if all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in pairs):
            return pairs
    raise TypeError(f"headers is a mapping of names to texts or numbers, or pairs of these, not {headers!r}")


def written(value: Any) -> Any:
    """Return a number as a text, and all else as it is."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def reference(value: Any) -> Any:
    """Return a URI reference percent-encoded where RFC 3986 asks for it; existing escapes stay (RESPONSE-10a)."""
    if not isinstance(value, str) or CONTROL.search(value) or ALLOWED.fullmatch(value):
        return value
    return DISALLOWED.sub(lambda found: quote(found[0], safe=""), value.strip(" \t"))


def safe(what: str, text: Any) -> str:
    """Return a header's text, stripped. Raises TypeError or ValueError for what no header can hold."""
    if not isinstance(text, str):
        raise TypeError(f"{what} is a text, not {text!r}")
    if CONTROL.search(text):
        raise ValueError(f"{what} holds no line break or other control character: {text!r}")
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        raise ValueError(f"{what} holds what no header can (beyond Latin-1): {text!r}") from None
    return str.strip(text, " \t")  # servers differ in whether they strip these (RFC 9110, 5.5)
