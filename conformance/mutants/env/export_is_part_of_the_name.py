"""`export` before a name is part of it."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_lines, 'EXPORT.sub("", name.strip())', "name.strip()")
