"""A segment need only begin as the regex of its parameter says."""

from mutation import replace
from utilmeta.core.server import routing

replace(routing.walk, "pattern.fullmatch(segment)", "pattern.match(segment)")
