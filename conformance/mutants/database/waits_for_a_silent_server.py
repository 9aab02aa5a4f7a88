"""A query is waited for though its server hangs."""

from mutation import replace
from utilmeta.core.orm import silence

VARIANTS = ("flask-sync", "starlette-async")

replace(silence.watching, "elif time.monotonic() - since > seconds:", "elif False:")
