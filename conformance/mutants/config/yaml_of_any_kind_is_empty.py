"""YAML that is no mapping holds no variables."""

from mutation import replace
from utilmeta.conf import yaml_file

replace(yaml_file.load, '"it is YAML, but no mapping of variables by their names"', '""')
