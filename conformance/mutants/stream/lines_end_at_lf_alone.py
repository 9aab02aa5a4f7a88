"""Lines of events end at LF alone."""

from mutation import replace
from utilmeta.core.cli.streams.events import EventParser

replace(EventParser.__init__, "Lines(END)", "Lines(re.compile(b'\\n'))")
