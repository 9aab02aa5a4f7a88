"""Retry takes an answer with any status for the last one."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.answered, "if found.status not in self.statuses or is_stream(type(found)):", "if True:")
