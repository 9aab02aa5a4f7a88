"""A list in a form with files is JSON."""

from mutation import replace
from utilmeta.core.cli.request import fields_with_files

replace(
    fields_with_files,
    "if isinstance(value, (list, tuple)):",
    "if isinstance(value, (list, tuple)) and not any(isinstance(each, File) for each in value):\n"
    "        return [text(value)]\n"
    "    if isinstance(value, (list, tuple)):",
)
