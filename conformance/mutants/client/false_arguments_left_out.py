"""An argument that is false is not sent."""

from mutation import replace
from utilmeta.core.cli.parameters import write

replace(write, "if value is not None and", "if value and")
