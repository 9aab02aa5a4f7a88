"""The limit is for each line of an event."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.bound, "self.size + more", "more")
