"""Every event is of the first class."""

from mutation import replace
from utilmeta.core.cli.streams.template import compile_events

replace(compile_events, "for kind, read in named.get(event.name, ()):", "for kind, read in [*named.values()][0]:")
