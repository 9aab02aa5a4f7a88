"""A date that is a key in a model of pydantic is written as pydantic has it."""

from mutation import replace
from utilmeta.core.response import model

replace(model.dated, "part if type(part) is not str and is_left(part, key) else key", "key")
