"""The sources of an ``Env``: the system environment and a file of variables. Names match in any case (ENV-2)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from utilmeta.conf import plain_text, variable_file


class Source(PydanticBaseSettingsSource):
    """One source of variables: ``held`` has them by name as spelled there, with the ``prefix``.

    ``place`` names the source in errors. ``ambiguous`` has, after reading, the spellings of each variable that is there
    in several and not in the exact one.
    """

    def __init__(self, env: type[BaseSettings], held: Mapping[str, Any], place: str, prefix: str = "") -> None:
        super().__init__(env)
        self.held = held
        self.place = place
        self.prefix = prefix
        self.ambiguous: dict[str, list[str]] = {}
        self.spellings: dict[str, list[str]] = {}
        for name in held:
            self.spellings.setdefault(name.casefold(), []).append(name)

    def spelled(self, name: str) -> str | None:
        """The spelling of a variable in this source; None where it is missing, or in several spellings, none of them
        exact."""
        exact = self.prefix + name
        found = [exact] if exact in self.held else self.spellings.get(exact.casefold(), [])
        if len(found) > 1:
            self.ambiguous[name] = found
        return found[0] if len(found) == 1 else None

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The value of a declared variable, None where it is missing, and its name; see pydantic-settings."""
        name = variable(field_name, field)
        spelled = self.spelled(name)
        value = None if spelled is None else self.held[spelled]
        return plain_text.read(value, field.annotation) if isinstance(value, str) else value, name, False

    def __call__(self) -> dict[str, Any]:
        """The variables that no earlier source has; an earlier one wins as a whole (ENV-7)."""
        fields = self.settings_cls.model_fields
        if not fields:
            return dict(self.undeclared())
        found = {}
        for field_name, field in fields.items():
            value, name, _ = self.get_field_value(field, field_name)
            if self.spelled(name) is not None and name not in self.current_state:
                found[name] = value
        return found

    def undeclared(self) -> Iterator[tuple[str, Any]]:
        """Every variable with the prefix that no earlier source has, for a class that declares nothing (ENV-8)."""
        known = {name.casefold() for name in self.current_state}
        for full in self.held:
            name = full[len(self.prefix) :]
            if name and full.casefold().startswith(self.prefix.casefold()) and name.casefold() not in known:
                spelled = self.spelled(name)
                if spelled is not None:
                    yield name, self.held[spelled]


def variable(name: str, field: FieldInfo) -> str:
    """The name of the variable that a field is read from: its alias, else its own name."""
    return field.validation_alias if isinstance(field.validation_alias, str) else name


def sources(
    env: type[BaseSettings], sys_env: str | bool | None, file: str | os.PathLike[str] | None
) -> tuple[Source, ...]:
    """The sources of an ``Env``, the stronger one first; see ``Env`` for the arguments.

    Raises TypeError and ValueError for a wrong argument, FileNotFoundError, and ValueError naming the line for a file
    that cannot be parsed.
    """
    found = []
    if isinstance(sys_env, str) and not sys_env:
        raise ValueError("sys_env='' is no prefix; sys_env=True reads the system environment without one")
    if sys_env is not None and not isinstance(sys_env, str | bool):
        raise TypeError(f"sys_env takes a prefix, or True, not {sys_env!r}")
    if sys_env:
        prefix = sys_env if isinstance(sys_env, str) else ""
        found.append(Source(env, dict(os.environ), "the environment", prefix))
    if file is not None:
        if not isinstance(file, str | os.PathLike) or isinstance(os.fspath(file), bytes):
            raise TypeError(f"file takes a path, not {file!r}")
        path: Path = variable_file.find(file, env.__module__)
        found.append(Source(env, variable_file.read(path), str(path)))
    return tuple(found)
