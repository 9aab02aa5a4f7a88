"""An event without a name has an empty one."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.dispatched, "self.name or MESSAGE", "self.name")
