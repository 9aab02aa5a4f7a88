"""An error of a YAML file has the number of its first line."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_yaml, "broken(path, line, reason)", "broken(path, 1, reason)")
