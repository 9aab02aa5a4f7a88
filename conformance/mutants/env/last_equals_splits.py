"""The last equals sign of a line splits name and value."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_lines, "line.partition(", "line.rpartition(")
