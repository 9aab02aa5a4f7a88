"""A plus in the path is a space, as in the query."""

from mutation import replace
from utilmeta.core.request import text

replace(text.decode_path, "path.decode()", 'path.decode().replace("+", " ")')
