"""Several parameters may be the body; the last one is."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(parameters.check_place, "and any(wholes)", "and False")
