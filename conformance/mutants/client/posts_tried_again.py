"""Retry sends requests by any method again."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.is_repeatable, "(request.method in self.methods or KEY in request.headers)", "True")
