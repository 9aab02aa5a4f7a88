"""A branch that led nowhere is walked again, unless a template with a text or a regex stands in it."""

from mutation import replace
from utilmeta.core.routing import table

replace(
    table.walk,
    "dead.add((place.likeness, position))",
    "dead.update([(place.likeness, position)] if place.patterns else [])",
)
