"""Who gives a configuration another value finds that value in the error."""

from mutation import replace
from utilmeta.conf.config import Value

replace(
    Value.__setattr__,
    "refuse_change(self, name)",
    'if not name.startswith("_"): raise AttributeError(f"{name} does not become {value!r}")',
)
