"""Lines of data are joined without line breaks."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.dispatched, '"\\n".join(self.data)', '"".join(self.data)')
