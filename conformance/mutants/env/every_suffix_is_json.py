"""A file with a suffix is read as JSON, whatever the suffix."""

from mutation import replace
from utilmeta.conf import variable_file

replace(
    variable_file.read,
    "READERS.get(path.suffix.lower(), read_lines)",
    "(read_json if path.suffix else read_lines)",
)
