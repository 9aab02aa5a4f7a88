"""A model of pydantic is taken apart as Python would have it, without what it says of JSON."""

from mutation import replace
from utilmeta.core.response import model

replace(model.converter, "if not words & OPEN:", "if False:")
replace(model.converter, " if words <= PLAIN else compared", "")
