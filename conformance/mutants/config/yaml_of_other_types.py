"""Bytes, sets and ordered mappings of YAML are made."""

from mutation import replace
from utilmeta.conf import yaml_file

yaml_file.Loader.yaml_constructors = yaml_file.yaml.SafeLoader.yaml_constructors
assert replace
