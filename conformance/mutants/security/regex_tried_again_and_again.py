"""Python's engine judges texts of any length."""

from mutation import replace
from utilmeta.core.request import regex

replace(regex.compile_match, "linear is not None", "False")
replace(regex.compile_match, "len(text) <= MOST_CHARACTERS and ", "")
