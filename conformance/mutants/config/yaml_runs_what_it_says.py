"""YAML is read by a loader that calls what a file names."""

from mutation import replace
from utilmeta.conf import variable_file

replace(
    variable_file.read_yaml,
    "from utilmeta.conf.yaml_file import load\n",
    "import yaml\n\n        load = lambda text: (yaml.load(text, yaml.UnsafeLoader), 1, '')\n",
)
