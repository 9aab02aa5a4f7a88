"""The route table: which endpoint answers a path.

The rules, all of them here:

- A path is looked up as sent first: if it is that of an endpoint without templates, one dictionary access finds it.
- Else it is decoded and split (ROUTE-4a), the root route is taken off on a segment boundary (PREFERENCE-1), and the
  segments walk a tree. At each segment a fixed name is tried before a template, a template with a regex or literal text
  before a bare one (ROUTE-3a), and what takes the rest of the path last (REQUEST-5c); if a branch leads nowhere, the
  walk comes back and tries the next.
- The path decides first, the method second: the first place the walk reaches that has any endpoint is the answer, and a
  method it lacks is a 405.
- The cost of a lookup depends on the length of the path, not on the number of routes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from utilmeta.core.request.text import decode_path, split_path
from utilmeta.core.server.reachability import is_reachable
from utilmeta.core.server.spelling import check_spelling
from utilmeta.utils.exceptions import DeclarationError, MethodNotAllowed, NotFound

Answer = TypeVar("Answer")

NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True)
class Segment:
    """One segment of a template. ``pattern`` is None for a bare ``{name}``, which takes any segment, or with ``rest``
    all that are left."""

    text: str
    names: tuple[str, ...]
    pattern: re.Pattern[str] | None
    rest: bool = False

    @property
    def shape(self) -> str:
        """Equal for segments that take the same texts, whatever their names are."""
        return self.pattern.pattern if self.pattern else "{}"


@dataclass
class Place(Generic[Answer]):
    """A node of the tree: what answers here by method, with the names of the templates above, and what follows."""

    methods: dict[str, tuple[tuple[str, ...], Answer]] = field(default_factory=dict)
    fixed: dict[str, Place[Answer]] = field(default_factory=dict)
    patterns: dict[str, tuple[re.Pattern[str], Place[Answer]]] = field(default_factory=dict)
    bare: Place[Answer] | None = None
    rest: Place[Answer] | None = None


def parse_template(
    template: str, regexes: Mapping[str, str], label: str, rests: Container[str] = ()
) -> list[Segment | str]:
    """The segments of a route template: texts, and Segments where there is a ``{name}``; those of ``rests`` take
    all that is left of a path. Raises DeclarationError, which begins with ``label``."""
    segments: list[Segment | str] = []
    seen: set[str] = set()
    for text in split_path(template):
        check_spelling(text, template, label)
        names = NAME.findall(text)
        if any(mark in NAME.sub("", text) for mark in "{}"):
            raise DeclarationError(f"{label}: {text!r} in its route {template!r} is neither a name nor a {{template}}")
        if segments and isinstance(segments[-1], Segment) and segments[-1].rest:
            raise DeclarationError(
                f"{label}: {segments[-1].text} takes the rest of the path, so nothing can follow it in {template!r}"
            )
        if not names:
            segments.append(text)
            continue
        for name in names:
            if name in seen:
                raise DeclarationError(f"{label}: {name!r} is twice in its route {template!r}")
            seen.add(name)
        rest = any(name in rests for name in names)
        if rest and text != f"{{{names[0]}}}":
            raise DeclarationError(f"{label}: {text!r} takes the rest of the path, so it can hold but one {{name}}")
        segments.append(Segment(text, tuple(names), segment_pattern(text, regexes, label), rest))
    return segments


def segment_pattern(text: str, regexes: Mapping[str, str], label: str) -> re.Pattern[str] | None:
    parts = NAME.split(text)  # literal, name, literal, name, ..., literal
    if parts[0] == parts[-1] == "" and len(parts) == 3 and parts[1] not in regexes:
        return None
    pattern = "".join(
        f"({regexes.get(part, '.+?')})" if position % 2 else re.escape(part) for position, part in enumerate(parts)
    )
    try:
        compiled = re.compile(pattern, re.DOTALL)
    except re.error as error:
        raise DeclarationError(f"{label}: the regex of {text!r} does not compile: {error}") from error
    if compiled.groups != len(parts) // 2:
        raise DeclarationError(f"{label}: the regex of {text!r} has groups; write them as (?:...)")
    if not is_reachable(compiled):
        raise DeclarationError(f"{label}: no segment of a path matches the regex of {text!r}")
    return compiled


class RouteTable(Generic[Answer]):
    """Built once, then only read. ``fixed`` maps whole paths as sent to answers by method: the hot path."""

    def __init__(self, root_route: str = "", *, strict: bool = False) -> None:
        self.root = split_path(root_route)
        self.strict = strict
        self.tree: Place[Answer] = Place()
        self.fixed: dict[str, dict[str, Answer]] = {}

    def add(self, segments: Sequence[Segment | str], method: str, answer: Answer) -> Answer | None:
        """Put ``answer`` at a path and method; if there is one already, it stays and is returned (ROUTE-3b)."""
        place = self.tree
        names: list[str] = []
        for segment in segments:
            if isinstance(segment, str):
                place = place.fixed.setdefault(segment, Place())
                continue
            names += segment.names
            if segment.pattern is not None:
                place = place.patterns.setdefault(segment.shape, (segment.pattern, Place()))[1]
            elif segment.rest:
                if place.rest is None:
                    place.rest = Place()
                place = place.rest
            else:
                if place.bare is None:
                    place.bare = Place()
                place = place.bare
        if method in place.methods:
            return place.methods[method][1]
        place.methods[method] = (tuple(names), answer)
        texts = [segment for segment in segments if isinstance(segment, str)]
        if len(texts) == len(segments):
            for path in self.paths(texts):
                self.fixed.setdefault(path, {})[method] = answer
        return None

    def paths(self, texts: list[str]) -> Iterator[str]:
        """The paths as sent that reach these fixed segments, where no decoding is in question."""
        if all(text.isascii() and "%" not in text for text in (*self.root, *texts)):
            yield "/" + "/".join((*self.root, *texts))
            if not self.strict and texts[: len(self.root)] != self.root:
                yield "/" + "/".join(texts)

    def claims(self, path: bytes) -> bool:
        """Whether a decoded path is the API's: below a root route that is not `/`, or that of an endpoint."""
        segments = split_path(path.decode(errors="replace"))
        depth = len(self.root)
        if segments[:depth] == self.root:
            if depth:
                return True
        elif self.strict:
            return False
        return walk(self.tree, segments, 0, ()) is not None

    def canonical(self, path: bytes) -> str | None:
        """A decoded path as ``find`` reads it, from the root route on, each segment after one `/`; None for what is not
        the API's, or is refused whatever endpoint it would be for (SECURITY-11a)."""
        if 0 in path or not self.claims(path):
            return None
        try:
            segments = split_path(path.decode())
        except UnicodeDecodeError:
            return None
        below = segments[: len(self.root)] == self.root
        return "/" + "/".join(segments if below else (*self.root, *segments))

    def complete(self, derive: Callable[[dict[str, Answer]], dict[str, Answer]]) -> None:
        """Let ``derive`` add methods to every place, once, from those it has: HEAD from GET, OPTIONS from all."""
        for place in places(self.tree):
            if place.methods:
                names = next(iter(place.methods.values()))[0]
                derived = derive({method: answer for method, (_, answer) in place.methods.items()})
                for method, answer in derived.items():
                    source = "GET" if method == "HEAD" else method
                    place.methods.setdefault(method, (place.methods.get(source, (names, None))[0], answer))
        for methods in self.fixed.values():
            for method, answer in derive(methods).items():
                methods.setdefault(method, answer)

    def find(self, path: bytes, method: str) -> tuple[Answer, dict[str, str]]:
        """The answer for a decoded path, with the values of its templates.

        Raises BadRequest (not UTF-8, NUL), NotFound, and MethodNotAllowed with the methods there are.
        """
        segments = split_path(decode_path(path))
        depth = len(self.root)
        if segments[:depth] == self.root:
            segments = segments[depth:]
        elif self.strict:
            raise NotFound("No such path")
        found = walk(self.tree, segments, 0, ())
        if found is None:
            raise NotFound("No such path")
        place, values = found
        if method not in place.methods:
            raise MethodNotAllowed(allowed(place.methods))
        names, answer = place.methods[method]
        return answer, dict(zip(names, values, strict=True))


def walk(
    place: Place[Answer], segments: Sequence[str], position: int, values: tuple[str, ...]
) -> tuple[Place[Answer], tuple[str, ...]] | None:
    if position == len(segments):
        return (place, values) if place.methods else None
    segment = segments[position]
    following = place.fixed.get(segment)
    if following is not None:
        found = walk(following, segments, position + 1, values)
        if found is not None:
            return found
    for pattern, following in place.patterns.values():
        match = pattern.fullmatch(segment)
        if match is not None:
            found = walk(following, segments, position + 1, (*values, *match.groups()))
            if found is not None:
                return found
    if place.bare is not None:
        found = walk(place.bare, segments, position + 1, (*values, segment))
        if found is not None:
            return found
    if place.rest is not None and ".." not in (rest := segments[position:]):
        return place.rest, (*values, "/".join(rest))
    return None


def places(root: Place[Answer]) -> Iterator[Place[Answer]]:
    waiting = [root]
    while waiting:
        place = waiting.pop()
        yield place
        waiting += place.fixed.values()
        waiting += [following for _, following in place.patterns.values()]
        waiting += [following for following in (place.bare, place.rest) if following is not None]


def allowed(methods: Iterable[str]) -> list[str]:
    """The methods for an Allow header, always in one order."""
    return sorted(methods)
