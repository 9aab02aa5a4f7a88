"""`self.response` is there where a class declares it alone."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.attribute, 'if name == "response":', "if False:")
