"""Of a name that repeats in the query the first text counts."""

from mutation import replace
from utilmeta.core.request.query import parse_query

replace(parse_query, "parameters[name] = text", "parameters.setdefault(name, text)")
