"""With Response in a Union an answer that no template parses is an error."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, "if self.plain or fail_silently:", "if fail_silently:")
