"""None is refused where it is not the default."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(parameters.checked, " or parameter.put is not None", "")
