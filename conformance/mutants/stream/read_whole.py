"""A stream is read to its end before its first item is given."""

from mutation import replace
from utilmeta.core.cli.streams.body import Body

replace(
    Body.read,
    "piece = await self.opened.read(self.pace.deadline())",
    "piece = b''\n        while more := await self.opened.read(self.pace.deadline()):\n            piece += more",
)
