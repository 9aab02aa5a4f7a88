"""An argument in the path may be empty."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, "(not value and not parameter.rest)", "False")
