"""Events are plain ones, whatever their classes."""

from mutation import replace
from utilmeta.core.cli.streams.template import made

replace(made, "object.__new__(kind)", "object.__new__(ServerSentEvent)")
