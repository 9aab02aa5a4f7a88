"""The error of a broken file does not say which line it is."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.broken, ", line {line}", "")
