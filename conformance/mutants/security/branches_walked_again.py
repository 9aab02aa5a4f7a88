"""A branch that led nowhere is walked again, for each template that fits before it."""

from mutation import replace
from utilmeta.core.routing import table

replace(table.walk, "dead.add((place.likeness, position))", "pass")
