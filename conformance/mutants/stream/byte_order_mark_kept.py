"""A byte order mark is a part of the first field."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.feed, "line.removeprefix(BOM)", "line")
