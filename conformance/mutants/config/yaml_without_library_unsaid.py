"""Without PyYAML a YAML file is an error that does not say what to install."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read_yaml, "which needs PyYAML: pip install pyyaml", "which needs a library")
