"""A model of pydantic has its dates in pydantic's own format."""

from mutation import replace
from utilmeta.core.response import model

replace(model.converter, "if not words & OPEN:", "if True:")
