"""Of a Union of templates the first alone is taken."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(
    Returns.read, "self.templates if each.status == plain.status", "self.templates[:1] if each.status == plain.status"
)
replace(Returns.read, "self.templates if each.status is None", "self.templates[:1] if each.status is None")
