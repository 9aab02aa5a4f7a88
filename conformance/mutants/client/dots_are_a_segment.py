"""An argument in the path may be dots."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, '"." in segments or ".." in segments or', "False or")
