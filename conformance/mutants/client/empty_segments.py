"""An argument in the path may be empty."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, "not (value or part.rest)", "False")
