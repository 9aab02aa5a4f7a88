"""With `fail_silently` an answer that no template parses is an error."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, "if self.plain or fail_silently:", "if self.plain:")
