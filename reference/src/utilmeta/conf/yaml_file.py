"""Reads the variables of a YAML file by PyYAML's safe loader (CONFIG-g11); imported where such a file is read."""

from __future__ import annotations

from typing import Any, ClassVar

import yaml

PREFIX = "tag:yaml.org,2002:"
PLAIN = {f"{PREFIX}{name}" for name in ("null", "bool", "int", "float", "timestamp", "str", "seq", "map")}


class Refused(yaml.MarkedYAMLError):  # type: ignore[misc]
    """YAML that is not taken, although it parses; the message is our own, so that no value is in it."""


class Loader(yaml.SafeLoader):  # type: ignore[misc]
    """PyYAML's safe loader, which makes plain values alone. It takes no aliases, by which a small file grows large, and
    no name twice."""

    yaml_constructors: ClassVar = {
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag in PLAIN or tag is None  # of any other tag, which is an error
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise Refused(problem="it has an alias (*name); write the value out", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in names:
                    raise Refused(problem=f"{key.value} is given twice", problem_mark=key.start_mark)
                names.add(key.value)
        return super().construct_mapping(node, deep)


def load(text: str) -> tuple[dict[str, Any], int, str]:
    """The variables; where the text has none, the line and the reason for that, without a value of the text."""
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None or (node.tag == f"{PREFIX}null" and node.value == ""):  # a file without a value
            return {}, 1, ""
        held = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = str(error.problem) if isinstance(error, Refused) else "it is not plain YAML"
        return {}, mark.line + 1 if mark else 1, reason
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, 1, "it is not plain YAML"
    wrong = node if not isinstance(held, dict) else next((key for key, _ in node.value if not is_text(key)), None)
    if wrong is not None:
        return {}, wrong.start_mark.line + 1, "it is YAML, but no mapping of variables by their names"
    return held, 1, ""


def is_text(key: Any) -> bool:
    """Whether the node of a key is a text, or what merges a mapping into its own."""
    return key.tag in (f"{PREFIX}str", f"{PREFIX}merge")
