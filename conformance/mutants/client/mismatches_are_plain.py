"""An answer that no template parses is a plain Response."""

from mutation import replace
from utilmeta.core.cli.template import Returns

replace(Returns.read, "if self.plain or fail_silently:", "if True:")
