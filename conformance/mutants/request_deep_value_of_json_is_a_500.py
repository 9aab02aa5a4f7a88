"""A text in JSON that is too deep for its type to parse is a 500."""

from mutation import replace
from utilmeta.core.request import body

replace(body.json_taker, "except RecursionError:", "except GeneratorExit:")
