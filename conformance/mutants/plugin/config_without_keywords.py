"""A configuration with an `__init__` of its own has none of its keywords."""

from mutation import replace
from utilmeta.conf.config import Value

replace(
    Value.__init__,
    "super().__init__(**values)",
    "super().__init__(**({} if '__init__' in vars(type(self)) else values))",
)
