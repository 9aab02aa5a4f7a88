"""The error of an abort shows the query."""

from mutation import replace
from utilmeta.core.cli.call import failure

replace(failure, 'return Aborted(f"{request.place} was', 'return Aborted(f"{request.place} {request.query} was')
