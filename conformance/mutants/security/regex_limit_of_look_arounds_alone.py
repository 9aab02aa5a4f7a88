"""Python's engine judges texts of any length, unless the regex looks ahead or behind."""

from mutation import replace
from utilmeta.core.request import regex

replace(
    regex.compile_match,
    "len(text) <= MOST_CHARACTERS and ",
    'not (any(mark in pattern.pattern for mark in ("(?=", "(?!", "(?<")) and len(text) > MOST_CHARACTERS) and ',
)
