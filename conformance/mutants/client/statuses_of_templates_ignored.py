"""A template with a status is for answers of any."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, "[each for each in self.templates if each.status == plain.status]", "self.templates")
