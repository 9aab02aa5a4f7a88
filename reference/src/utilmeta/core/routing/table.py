"""The route table: which endpoint answers a path.

The rules, all of them here:

- A path is looked up as sent first: if it is that of an endpoint without templates, one dictionary access finds it.
- Else it is decoded and split (ROUTE-4a), the root route is taken off on a segment boundary (PREFERENCE-1), and the
  segments walk a tree. At each segment a fixed name is tried before a template, a template with a regex or literal text
  before a bare one (ROUTE-3a), and what takes the rest of the path last (REQUEST-5c); if a branch leads nowhere, the
  walk comes back and tries the next.
- The path decides first, the method second: the first place the walk reaches that has any endpoint is the answer, and a
  method it lacks is a 405.
- How a template takes a segment is said in ``segment``.
- The cost of a lookup depends on the length of the path, not on the number of routes. Where the walk comes back, what
  led nowhere is not walked again, nor are branches that look the same, as those of one class that is mounted in
  several places: n templates that fit at each of k segments cost n * k, not n ** k (SECURITY-3e).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from utilmeta.core.request.text import decode_path, split_path
from utilmeta.core.routing.segment import Match, Segment, Shape
from utilmeta.utils.exceptions import MethodNotAllowed, NotFound

Answer = TypeVar("Answer")


@dataclass
class Place(Generic[Answer]):
    """Node of the route tree: the answers at this point by method, and the nodes that follow.

    Each answer is kept with the template names above it. Once the table is complete, ``likeness`` is equal for nodes
    that match the same paths.
    """

    methods: dict[str, tuple[tuple[str, ...], Answer]] = field(default_factory=dict)
    fixed: dict[str, Place[Answer]] = field(default_factory=dict)
    patterns: dict[Shape, tuple[Match, Place[Answer]]] = field(default_factory=dict)
    bare: Place[Answer] | None = None
    rest: Place[Answer] | None = None
    likeness: object = field(default_factory=object)


class Missed(Exception):
    """Raised for a path or method that nothing answers, below a class that has an answer for that.

    ``error`` is the NotFound or MethodNotAllowed, and ``values`` are those of the template names of the class's prefix.
    """

    def __init__(self, error: NotFound | MethodNotAllowed, answer: Any, values: Mapping[str, str]) -> None:
        self.error = error
        self.answer = answer
        self.values = values


Miss = Callable[[Sequence[str]], "tuple[Any, Mapping[str, str]] | None"]
"""Gives what answers in place of the endpoints that a path, below the root route, does not have."""


class RouteTable(Generic[Answer]):
    """Finds the answer for a path and method. It is built once, then only read.

    ``fixed`` maps whole paths, as sent, to answers by method: the fast path for routes without templates. ``miss`` is
    asked about what nothing answers, where it is not None.
    """

    def __init__(self, root_route: str = "", *, strict: bool = False) -> None:
        self.root = split_path(root_route)
        self.strict = strict
        self.tree: Place[Answer] = Place()
        self.fixed: dict[str, dict[str, Answer]] = {}
        self.miss: Miss | None = None

    def add(self, segments: Sequence[Segment | str], method: str, answer: Answer) -> Answer | None:
        """Add ``answer`` at a path and method. If there is one already, it stays and is returned (ROUTE-3b)."""
        place, names = grow(self.tree, segments)
        if method in place.methods:
            return place.methods[method][1]
        place.methods[method] = (names, answer)
        texts = [segment for segment in segments if isinstance(segment, str)]
        if len(texts) == len(segments):
            for path in self.paths(texts):
                self.fixed.setdefault(path, {})[method] = answer
        return None

    def paths(self, texts: list[str]) -> Iterator[str]:
        """Yield the paths, as sent, that reach these literal segments, where percent-encoding makes no difference."""
        if all(text.isascii() and "%" not in text for text in (*self.root, *texts)):
            yield "/" + "/".join((*self.root, *texts))
            if not self.strict and texts[: len(self.root)] != self.root:
                yield "/" + "/".join(texts)

    def claims(self, path: bytes) -> bool:
        """Return whether a decoded path belongs to the API: below its root route, or the path of an endpoint.

        With the root route `/`, only paths of endpoints belong to it.
        """
        segments = split_path(path.decode(errors="replace"))
        depth = len(self.root)
        if segments[:depth] == self.root:
            if depth:
                return True
        elif self.strict:
            return False
        return walk(self.tree, segments, 0, (), set()) is not None

    def canonical(self, path: bytes) -> str | None:
        """Return the one form of a path that routing reads; None for a path that is not the API's. ``path`` has been
        percent-decoded already.

        The form begins with the root route and has one `/` before each segment. A path that is refused for any endpoint
        gives None too (SECURITY-11a).
        """
        if 0 in path or not self.claims(path):
            return None
        try:
            segments = split_path(path.decode())
        except UnicodeDecodeError:
            return None
        below = segments[: len(self.root)] == self.root
        return "/" + "/".join(segments if below else (*self.root, *segments))

    def complete(self, derive: Callable[[dict[str, Answer]], dict[str, Answer]]) -> None:
        """Finish the table: let ``derive`` add methods to every node, such as HEAD from GET and OPTIONS from all."""
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
        liken(self.tree)

    def find(self, path: bytes, method: str) -> tuple[Answer, dict[str, str]]:
        """Return the answer for a decoded path and a method, with the values of the path's template names.

        Raises BadRequest (not UTF-8, NUL), NotFound, and MethodNotAllowed with the methods that there are; Missed in
        place of the last two, where there is an answer for that.
        """
        segments = split_path(decode_path(path))
        depth = len(self.root)
        if segments[:depth] == self.root:
            segments = segments[depth:]
        elif self.strict:
            raise NotFound("No such path")
        found = walk(self.tree, segments, 0, (), set())
        if found is None:
            raise self.missed(NotFound("No such path"), segments)
        place, values = found
        if method not in place.methods:
            raise self.missed(MethodNotAllowed(allowed(place.methods)), segments)
        names, answer = place.methods[method]
        return answer, dict(zip(names, values, strict=True))

    def missed(self, error: NotFound | MethodNotAllowed, segments: Sequence[str]) -> Exception:
        """Return what to raise for a path below the root route, or a method of it, that nothing answers."""
        found = None if self.miss is None else self.miss(segments)
        return error if found is None else Missed(error, *found)


def grow(place: Place[Answer], segments: Sequence[Segment | str]) -> tuple[Place[Answer], tuple[str, ...]]:
    """Return the node that a template's segments lead to from ``place``, made where there is none, and their names."""
    names: list[str] = []
    for segment in segments:
        if isinstance(segment, str):
            place = place.fixed.setdefault(segment, Place())
            continue
        names += segment.names
        if segment.match is not None:
            place = place.patterns.setdefault(segment.shape, (segment.match, Place()))[1]
        elif segment.rest:
            if place.rest is None:
                place.rest = Place()
            place = place.rest
        else:
            if place.bare is None:
                place.bare = Place()
            place = place.bare
    return place, tuple(names)


def walk(
    place: Place[Answer],
    segments: Sequence[str],
    position: int,
    values: tuple[str, ...],
    dead: set[tuple[object, int]],
) -> tuple[Place[Answer], tuple[str, ...]] | None:
    """Return the node that ``segments`` lead to from ``position`` on, with the template values, or None.

    ``dead`` collects the likeness and position of each node that leads nowhere.
    """
    if position == len(segments):
        return (place, values) if place.methods else None
    if dead and (place.likeness, position) in dead:
        return None
    segment = segments[position]
    following = place.fixed.get(segment)
    if following is not None:
        found = walk(following, segments, position + 1, values, dead)
        if found is not None:
            return found
    for match, following in place.patterns.values():
        taken = match(segment)
        if taken is not None:
            found = walk(following, segments, position + 1, (*values, *taken), dead)
            if found is not None:
                return found
    if place.bare is not None:
        found = walk(place.bare, segments, position + 1, (*values, segment), dead)
        if found is not None:
            return found
    if place.rest is not None and ".." not in (rest := segments[position:]):
        return place.rest, (*values, "/".join(rest))
    dead.add((place.likeness, position))
    return None


def places(root: Place[Answer]) -> Iterator[Place[Answer]]:
    """Yield every node of a route tree, each before the nodes below it."""
    waiting = [root]
    while waiting:
        place = waiting.pop()
        yield place
        waiting += place.fixed.values()
        waiting += [following for _, following in place.patterns.values()]
        waiting += [following for following in (place.bare, place.rest) if following is not None]


def liken(root: Place[Answer]) -> None:
    """Number the nodes of a complete tree so that nodes that match the same paths share a ``likeness``."""
    known: dict[object, int] = {}
    for place in reversed(list(places(root))):
        below = (
            bool(place.methods),
            frozenset((text, following.likeness) for text, following in place.fixed.items()),
            tuple((shape, following.likeness) for shape, (_, following) in place.patterns.items()),
            place.bare and place.bare.likeness,
            place.rest and place.rest.likeness,
        )
        place.likeness = known.setdefault(below, len(known))


def allowed(methods: Iterable[str]) -> list[str]:
    """Return the methods of an Allow header, in a fixed order."""
    return sorted(methods)
