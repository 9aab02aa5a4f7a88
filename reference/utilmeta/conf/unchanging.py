"""Instances that do not change once they are made: what was read (ENV-11), and configurations (CONFIG-3c)."""

from __future__ import annotations


def refuse_change(instance: object, name: str) -> None:
    """Raise AttributeError, without the value as pydantic's own error has it, unless the attribute is a private one."""
    if not name.startswith("_"):
        raise AttributeError(f"{type(instance).__name__} is frozen, so {name} stays as it is; make another instance")
