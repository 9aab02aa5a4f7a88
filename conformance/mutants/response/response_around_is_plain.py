"""`self.response` of a class without a template makes a plain Response, whatever is around it."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.response_around, "return None if own is not None else", "return None if True else")
