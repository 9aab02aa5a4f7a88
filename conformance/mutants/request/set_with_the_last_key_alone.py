"""Of a repeated key the last one alone becomes part of a set."""

from mutation import replace
from utilmeta.core.request.schemas.model import Model

replace(Model.members, "return dict(sent)", "repeated = frozenset()")
replace(Model.members, "values if name in repeated else values[-1]", "values[-1]")
