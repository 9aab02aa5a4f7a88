"""An empty line is a value."""

from mutation import replace
from utilmeta.core.cli.streams.lines import LineParser

replace(LineParser.feed, "if line.strip():", "if True:")
