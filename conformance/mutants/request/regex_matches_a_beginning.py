"""A segment need only begin as the regex of its parameter says."""

from mutation import replace
from utilmeta.core.request import regex

replace(regex.translated, r")\z", ")")
