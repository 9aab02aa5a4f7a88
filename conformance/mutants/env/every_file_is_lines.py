"""A file of JSON is read line by line, as any other."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read, 'read_json(path, text) if path.suffix.lower() == ".json" else ', "")
