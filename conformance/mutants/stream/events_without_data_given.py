"""An event without data is given."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.dispatched, "self.wait) if self.data else None", "self.wait) if self.size else None")
