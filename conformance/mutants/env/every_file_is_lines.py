"""A file of JSON is read line by line, as any other."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read, "READERS.get(path.suffix.lower(), read_lines)", "read_lines")
