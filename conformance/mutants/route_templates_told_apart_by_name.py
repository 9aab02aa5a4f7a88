"""Templates that differ in their parameters' names are two paths, and the first always answers."""

from mutation import replace
from utilmeta.core.server import routing

replace(routing.segment_pattern, "if parts[0]", "if False and parts[0]")
replace(routing.Segment.shape.fget, 'self.pattern.pattern if self.pattern else "{}"', "self.text")
