"""Of a Union of templates the last that parses is taken."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, "self.templates if each.status is None", "self.templates[::-1] if each.status is None")
