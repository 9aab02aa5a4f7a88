"""What a body is decoded to has any size."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Inflater

replace(
    Inflater.feed,
    "if self.limit is not None and self.made > self.limit:",
    "if self.limit is not None and self.made < 0:",
)
