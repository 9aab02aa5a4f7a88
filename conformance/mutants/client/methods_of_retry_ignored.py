"""`methods` of Retry changes nothing."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.is_repeatable, "request.method in self.methods", "request.method in IDEMPOTENT")
