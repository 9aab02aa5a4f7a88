"""A plus in the query is itself."""

from mutation import replace
from utilmeta.core.request import text

replace(text.query_text, 'part.replace(b"+", b" ")', "part")
