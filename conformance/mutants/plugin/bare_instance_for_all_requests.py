"""Where an instance cannot be made, handlers of all requests have one and the same."""

from mutation import replace
from utilmeta.core.pipeline.request_state import Instances

replace(
    Instances.make_bare,
    "object.__new__(cls)",
    "vars(self).setdefault('bare', {}).setdefault(cls, object.__new__(cls))",
)
