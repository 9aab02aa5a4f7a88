"""YAML that holds what is false holds no variables."""

from mutation import replace
from utilmeta.conf import yaml_file

replace(
    yaml_file.load, "wrong = node if not isinstance(held, dict)", "wrong = node if held and not isinstance(held, dict)"
)
replace(yaml_file.load, "for key, _ in node.value if not", "for key, _ in (held and node.value or ()) if not")
