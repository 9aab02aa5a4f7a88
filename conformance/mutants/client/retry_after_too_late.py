"""A wait that is longer than what is left is cut short."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(
    Retry.pause,
    "return seconds if seconds <= self.longest and monotonic() + seconds < deadline.ends else None",
    "return min(seconds, 0.1)",
)
