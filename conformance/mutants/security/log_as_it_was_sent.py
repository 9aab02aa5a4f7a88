"""The log of a failed request has the path in it as it was sent."""

from mutation import replace
from utilmeta.core.errors import log_line

VARIANTS = ("flask-sync", "django-sync")

replace(log_line.escaped, "line = one_line(text)", "line = text")
