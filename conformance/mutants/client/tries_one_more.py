"""Retry sends a request once more than it says."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.answered, "most = self.tries if", "most = self.tries + 1 if")
