"""`self.response` of a mounted API that another one calls is not that of the class around it."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.attribute, '{"response": instance.response}', "{}")
