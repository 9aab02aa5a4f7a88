"""Quotes around a value are part of it."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_lines, "unquoted(value.strip())", "value.strip()")
