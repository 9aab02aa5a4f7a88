"""Segments of a route template, and how each matches a segment of a path.

- A segment of a template is a text, or holds names in braces between literal texts, any of which may be empty.
- A parameter takes at least one character, and ends where the literal text after it first occurs after that. So a
  literal directly at its beginning belongs to the parameter. The last parameter takes the rest, up to the literal at
  the template's end, which must be the end of the segment (SECURITY-3a). In `{year}-{month}`, `2024-` has the year
  `2024` and no month, so it does not match; in `--5` the year is `-`.
- Two parameters with no text between them are refused: nothing says where the first one ends (REQUEST-g6).
- A regex judges all of what its parameter takes. The parameter before one with a regex takes as little as lets all of
  the segment match. No regex takes a segment of more than `MOST_CHARACTERS` characters (SECURITY-3c).

Templates without a regex are matched by one scan from left to right. Taking the first place of each literal loses
nothing: whatever could follow a later one can follow the first, for the next parameter only becomes longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from utilmeta.core.request.markers import SLUG
from utilmeta.core.request.regex import MOST_CHARACTERS, compile_match, linear_match
from utilmeta.core.request.text import split_path
from utilmeta.core.routing.regex_check import is_reachable
from utilmeta.core.routing.spelling import check_spelling
from utilmeta.utils.exceptions import DeclarationError

NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")

Match = Callable[[str], "tuple[str, ...] | None"]
"""Returns the parameters' values in a segment of a path, None where the segment does not match."""
Shape = tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """One segment of a route template that has parameters.

    ``match`` is None for a bare ``{name}``, which takes any segment, or with ``rest`` all segments that are left.
    ``shape`` is equal for segments that match the same texts, whatever their parameters are called.
    """

    text: str
    names: tuple[str, ...]
    match: Match | None
    shape: Shape
    rest: bool = False


def parse_template(
    template: str, regexes: Mapping[str, str], label: str, rests: Container[str] = ()
) -> list[Segment | str]:
    """Return the segments of a route template: a str for a literal one, a Segment where there is a ``{name}``.

    The names in ``rests`` take all that is left of a path. Raises DeclarationError, which begins with ``label``.
    """
    segments: list[Segment | str] = []
    seen: set[str] = set()
    for text in split_path(template):
        check_spelling(text, template, label)
        names = NAME.findall(text)
        if any(mark in NAME.sub("", text) for mark in "{}"):
            raise DeclarationError(f"{label}: {text!r} in its route {template!r} is neither a name nor a {{template}}")
        if "}{" in text:
            raise DeclarationError(
                f"{label}: {text!r} in its route {template!r} has two templates with nothing between them, so nothing "
                "says where the first one ends; put a text between them, such as '-' or '/'"
            )
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
        match, shape = segment_match(text, regexes, label)
        segments.append(Segment(text, tuple(names), match, shape, rest))
    return segments


def segment_match(text: str, regexes: Mapping[str, str], label: str) -> tuple[Match | None, Shape]:
    """Return the matcher and the shape of a template segment; the matcher is None where any path segment matches."""
    parts = NAME.split(text)  # literal, name, literal, name, ..., literal
    literals, names = parts[::2], parts[1::2]
    if not any(name in regexes for name in names):
        shape = tuple(literals)
        return (None if shape == ("", "") else scan(literals)), shape
    try:
        pattern = joined(
            literals, [parameter_pattern(position, parts, regexes) for position in range(1, len(parts), 2)]
        )
        greedy = joined(literals, [f"({regexes.get(name, '.+')})" for name in names])
    except re.error as error:
        raise DeclarationError(f"{label}: the regex of {text!r} does not compile: {error}") from error
    if pattern.groups != len(names):
        raise DeclarationError(f"{label}: the regex of {text!r} has groups; write them as (?:...)")
    if not is_reachable(pattern):
        raise DeclarationError(f"{label}: no segment of a path matches the regex of {text!r}")
    if literals == ["", ""]:
        match = judge(compile_match(pattern), None if regexes[names[0]] == SLUG else MOST_CHARACTERS)
    else:
        match = judge_parts(pattern, linear_match(greedy))
    return match, (pattern.pattern,)


def joined(literals: Sequence[str], patterns: Sequence[str]) -> re.Pattern[str]:
    """Return the regex of a whole segment, from its literals and the patterns between them."""
    first, *others = literals
    rest = "".join(pattern + re.escape(literal) for pattern, literal in zip(patterns, others, strict=True))
    return re.compile(re.escape(first) + rest, re.DOTALL)


def parameter_pattern(position: int, parts: Sequence[str], regexes: Mapping[str, str]) -> str:
    """Return the regex group of one parameter, in a segment where some parameter has a regex.

    Only a parameter directly before one with a regex may end in several places.
    """
    if parts[position] in regexes:
        return f"({regexes[parts[position]]})"
    if position + 2 == len(parts):
        return "(.+)"
    if parts[position + 2] in regexes:
        return "(.+?)"
    return f"(.(?:(?!{re.escape(parts[position + 1])}).)*)"


def scan(literals: Sequence[str]) -> Match:
    """Return the matcher of a segment without a regex."""
    first, *between, last = literals
    begin, length = len(first), len(last)
    steps = [(literal, len(literal)) for literal in between]

    def match(segment: str) -> tuple[str, ...] | None:
        if (first and not segment.startswith(first)) or (last and not segment.endswith(last)):
            return None
        start, end = begin, len(segment) - length
        values: tuple[str, ...] = ()
        for literal, size in steps:
            place = segment.find(literal, start + 1, end)
            if place < 0:
                return None
            values += (segment[start:place],)
            start = place + size
        return (*values, segment[start:end]) if start < end else None

    return match


def judge(matches: Callable[[str], bool], limit: int | None) -> Match:
    """Return a matcher of a path segment that is one parameter with a regex; segments of more than ``limit`` characters
    do not match."""

    def match(segment: str) -> tuple[str, ...] | None:
        if limit is not None and len(segment) > limit:
            return None
        return (segment,) if matches(segment) else None

    return match


def judge_parts(pattern: re.Pattern[str], matches: Callable[[str], bool] | None) -> Match:
    """Return the matcher of a segment that is a regex parameter among other parts.

    A text that the linear check ``matches`` refuses never reaches Python's own engine, which takes the parts apart.
    """

    def match(segment: str) -> tuple[str, ...] | None:
        if len(segment) > MOST_CHARACTERS or (matches is not None and not matches(segment)):
            return None
        found = pattern.fullmatch(segment)
        return None if found is None else found.groups()

    return match
