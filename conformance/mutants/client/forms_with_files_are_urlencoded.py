"""A form with files is urlencoded, with their names."""

from mutation import replace
from utilmeta.core.cli.request import files_of

replace(
    files_of,
    "return multipart((name, part) for name, value in data.items() for part in fields_with_files(value))",
    "names = {name: [getattr(each, 'filename', each) for each in fields_with_files(data[name])] for name in data}\n"
    "        return encoded(names).encode(), FORM",
)
