"""A header is found by its name as it was set."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.same, "one.lower() == other.lower()", "one == other")
