"""A name that is given twice within a value of a YAML file has the last of its values."""

from mutation import replace
from utilmeta.conf import yaml_file

replace(
    yaml_file.Loader.construct_mapping,
    "if key.value in names:",
    "if key.value in names and key.start_mark.column == 0:",
)
