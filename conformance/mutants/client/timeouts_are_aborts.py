"""A timeout is an abort like any other."""

from mutation import replace
from utilmeta.core.cli.call import failure

replace(failure, 'return TimedOut(f"{request.place} was', 'return Aborted(f"{request.place} was')
