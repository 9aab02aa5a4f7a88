"""A subclass of a built-in exception has not its status."""

from mutation import replace
from utilmeta.core.response.problem import status_of

replace(status_of, "in type(error).__mro__", "in type(error).__mro__[:1]")
