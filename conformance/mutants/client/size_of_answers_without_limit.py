"""A body that is not announced has any size."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(
    Content.take,
    "if self.limit is not None and self.came > self.limit:",
    "if self.limit is not None and self.came < 0:",
)
