"""A path is split by a function that calls itself for each segment."""

from mutation import replace
from utilmeta.core.request import text


def parts(path):
    first, slash, rest = path.partition("/")
    return [first, *(parts(rest) if slash else [])]


text.parts = parts
replace(text.split_path, 'path.split("/")', "parts(path)")
