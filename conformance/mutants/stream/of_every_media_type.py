"""Each answer of 2xx is a stream."""

from mutation import replace
from utilmeta.core.cli.streams.template import StreamTemplate

replace(StreamTemplate.fits, "return media_type(content_type) in self.made.media_types", "return True")
