"""A line that begins with a semicolon is no comment."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_lines, 'in "#;"', '== "#"')
