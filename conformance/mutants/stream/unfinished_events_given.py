"""An event that is not finished is given at the end of the stream."""

from mutation import replace
from utilmeta.core.cli.streams.template import whole

replace(
    whole,
    "iter(())",
    "(event for line in parser.feed(b'\\n\\n') for event in [line])",
)
