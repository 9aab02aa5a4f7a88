"""Retry takes a text for a list of methods."""

from mutation import replace
from utilmeta.core.cli import retry

replace(retry.members, "isinstance(values, (str, bytes)) or ", "")
