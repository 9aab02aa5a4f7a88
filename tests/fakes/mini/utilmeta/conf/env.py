"""Environment variables, declared by annotation."""

import json
import os
import typing

from ..faults import has


class Env:
    """Variables of a service, read when an instance is made."""

    def __init__(self, sys_env=None, file=None):
        found = {}
        if file is not None:
            with open(file, encoding="utf-8") as text:
                found.update(self.read(text.read()))
        if sys_env:
            prefix = sys_env if isinstance(sys_env, str) else ""
            found.update({key[len(prefix) :]: value for key, value in os.environ.items() if key.startswith(prefix)})
        if not has("names of the environment are told apart by case"):
            found = {key.upper(): value for key, value in found.items()}
        for name, kind in typing.get_type_hints(type(self)).items():
            if name in found:
                setattr(self, name, self.convert(kind, found[name]))
            elif not hasattr(type(self), name):
                raise ValueError(f"{name} is not set")
        if not typing.get_type_hints(type(self)):
            vars(self).update(found)

    def read(self, text):
        """The variables of a file."""
        if text.lstrip().startswith("{") or has("a file of the environment is JSON or nothing"):
            return json.loads(text)
        pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
        return {name.strip(): value.strip() for name, _, value in pairs}

    def convert(self, kind, value):
        """The value as its type."""
        if kind is bool:
            return str(value).lower() in ("1", "true", "yes", "on")
        return kind(value) if kind in (int, float, str) else value
