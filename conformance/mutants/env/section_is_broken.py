"""A section header is a broken line."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_lines, ' or (line[0] == "[" and line[-1] == "]")', "")
