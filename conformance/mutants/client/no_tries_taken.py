"""Retry takes any number of tries."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.__init__, "if not 1 <= tries <= MOST_TRIES:", "if False:")
