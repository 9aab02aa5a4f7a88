"""The `timeout` of a request function is until the head of its stream."""

from mutation import replace
from utilmeta.core.cli.streams.opening import begun

replace(begun, "request.timeout if bounded else None", "None")
