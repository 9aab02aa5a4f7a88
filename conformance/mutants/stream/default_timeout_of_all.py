"""`default_timeout` bounds all of a stream."""

from mutation import replace
from utilmeta.core.cli.streams.opening import begun

replace(begun, "request.timeout if bounded else None", "request.timeout")
