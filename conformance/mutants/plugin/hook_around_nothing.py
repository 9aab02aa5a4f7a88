"""A hook around nothing is taken."""

from mutation import replace
from utilmeta.core.api.hook_resolution import Reader

replace(Reader.check, "if target != EVERY and", "if False and")
