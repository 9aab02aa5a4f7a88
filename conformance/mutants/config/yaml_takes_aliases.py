"""YAML with aliases is read."""

from mutation import replace
from utilmeta.conf import yaml_file

replace(yaml_file.Loader.compose_node, "if self.check_event(yaml.AliasEvent):", "if self is None:")
