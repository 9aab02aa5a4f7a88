"""A text that is too deep for its type to parse is told as an error of the whole body."""

from mutation import replace
from utilmeta.core.request.schemas import pydantic_guard

replace(pydantic_guard.refusing, "except RecursionError:", "except GeneratorExit:")
