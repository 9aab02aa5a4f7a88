"""A try may take all of the call's time."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.__init__, 'self.try_timeout = seconds_of(try_timeout, "try_timeout of Retry")', "self.try_timeout = None")
