"""A logger that has a filter of the user's has no other: what is logged there is as it was sent."""

from mutation import replace
from utilmeta.core.errors import log_line

VARIANTS = ("tornado-async", "django-sync")

replace(log_line.add, "any(type(known) is type(filter) for known in logger.filters)", "logger.filters")
