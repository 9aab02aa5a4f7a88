"""YAML that is no mapping is an error with the number of its first line."""

from mutation import replace
from utilmeta.conf import yaml_file

replace(yaml_file.load, "wrong.start_mark.line + 1", "1")
