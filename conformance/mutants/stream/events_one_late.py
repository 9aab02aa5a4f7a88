"""An event is given when the next one is whole."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(
    EventParser.feed,
    "yield event",
    "yield from [self.kept] if hasattr(self, 'kept') else []\n            self.kept = event",
)
