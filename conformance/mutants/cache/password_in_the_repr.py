"""The repr of a configuration shows all of it."""

import pydantic
from utilmeta.conf.config import Value

Value.__repr_args__ = pydantic.BaseModel.__repr_args__
