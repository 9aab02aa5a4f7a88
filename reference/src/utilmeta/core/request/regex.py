"""Matching of texts that a client sent against regexes, in time proportional to the text (SECURITY-3d).

Python's engine backtracks, so that `(a+)+` takes years for thirty letters that end in another one. The engine of
pydantic's core does not. Where a regex means the same to both, that one is used: it gets the regex as Python has parsed
it, written anew, with Python's own classes of characters. What it lacks stays with Python's engine, for texts of at
most `MOST_CHARACTERS`: groups that look ahead or behind, references to groups, atomic groups and possessive
quantifiers, word boundaries, and flags that change what a letter is.
"""

from __future__ import annotations

import functools
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import pydantic_core
from pydantic_core import core_schema

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

MOST_CHARACTERS = 256
TOO_LONG = f"Has more than {MOST_CHARACTERS} characters, too many for its pattern"

# The characters that this Python's version of Unicode has.
KNOWN = rf"\p{{age:{unicodedata.unidata_version.rpartition('.')[0]}}}"
CATEGORIES = {
    "DIGIT": rf"[\p{{Nd}}&&{KNOWN}]",
    "WORD": rf"[[\p{{L}}\p{{N}}_]&&{KNOWN}]",
    "SPACE": r"[\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]",
}
OTHER_LETTERS = re.IGNORECASE | re.ASCII | re.LOCALE


class Untranslatable(Exception):
    """Raised for a part of a regex that the linear engine lacks, or gives another meaning."""


def compile_match(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return a function that says whether all of a text matches ``pattern``, in a time that is safe for any text."""
    linear = linear_match(pattern)
    if linear is not None:
        return linear
    fullmatch = pattern.fullmatch
    return lambda text: len(text) <= MOST_CHARACTERS and fullmatch(text) is not None


@functools.cache
def linear_match(pattern: re.Pattern[str]) -> Callable[[str], bool] | None:
    """Return a function that matches by the linear engine, as ``compile_match`` does; None where it cannot."""
    try:
        written = translated(pattern)
        validator = pydantic_core.SchemaValidator(core_schema.str_schema(pattern=written, regex_engine="rust-regex"))
    except (Untranslatable, pydantic_core.SchemaError):  # the latter for a regex that is too large
        return None
    return validator.isinstance_python


def translated(pattern: re.Pattern[str]) -> str:
    """Return ``pattern`` in the syntax of the linear engine. Raises Untranslatable."""
    if pattern.flags & OTHER_LETTERS:
        raise Untranslatable
    parsed: Any = parser.parse(pattern.pattern, pattern.flags)
    items = list(parsed)
    if items and str(items[-1][0]) == "AT" and str(items[-1][1]) == "AT_END":
        items.pop()  # a final `$` is redundant where all of the text has to match
    return rf"\A(?:{sequence(items, pattern.flags)})\z"


def sequence(items: Iterable[Any], flags: int) -> str:
    """Translate a sequence of items of a parsed regex."""
    return "".join(item(str(operation), argument, flags) for operation, argument in items)


def item(operation: str, argument: Any, flags: int) -> str:
    """Translate one item of a parsed regex. Raises Untranslatable."""
    match operation:
        case "LITERAL":
            return character(argument)
        case "NOT_LITERAL":
            return f"[^{character(argument)}]"
        case "ANY":
            return "(?s:.)" if flags & re.DOTALL else r"[^\x{a}]"
        case "IN":
            return "[" + "".join(member(str(kind), value) for kind, value in argument) + "]"
        case "BRANCH":
            return "(?:" + "|".join(sequence(branch, flags) for branch in argument[1]) + ")"
        case "SUBPATTERN" if not argument[1] and not argument[2]:  # without flags of its own
            return f"(?:{sequence(argument[3], flags)})"
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, repeated = argument
            return f"(?:{sequence(repeated, flags)}){{{least},{'' if most == parser.MAXREPEAT else most}}}"
        case "AT" if str(argument) in ("AT_BEGINNING_STRING", "AT_END_STRING"):
            return r"\A" if str(argument) == "AT_BEGINNING_STRING" else r"\z"
        case "AT" if str(argument) == "AT_BEGINNING" and not flags & re.MULTILINE:
            return r"\A"
        case _:
            raise Untranslatable


def member(kind: str, value: Any) -> str:
    """Translate one member of a character set of a parsed regex. Raises Untranslatable."""
    match kind:
        case "NEGATE":
            return "^"
        case "LITERAL":
            return character(value)
        case "RANGE":
            return f"{character(value[0])}-{character(value[1])}"
        case "CATEGORY":
            _, _, name = str(value).partition("CATEGORY_")
            known = CATEGORIES[name.removeprefix("NOT_")]
            return f"[^{known}]" if name.startswith("NOT_") else known
        case _:
            raise Untranslatable


def character(number: int) -> str:
    """Return the escape of a code point in the linear engine's syntax."""
    return rf"\x{{{number:x}}}"
