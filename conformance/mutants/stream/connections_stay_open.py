"""The connection of a stream stays open."""

from mutation import replace
from utilmeta.core.cli.streams.body import Body

replace(Body.close, "await opened.close()", "type(opened).kept = [*getattr(type(opened), 'kept', ()), opened]")
