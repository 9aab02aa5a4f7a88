"""The preference that disables installing is not asked."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.why_not, "preference is not None and", "False and")
