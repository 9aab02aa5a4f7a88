"""Instances that do not change once they are made: what was read (ENV-11), and configurations (CONFIG-3c).

What they hold does not change either, however deep it stands: dicts, lists and sets become equal ones of the classes
below, which whoever gave them has no reference to. Django takes some of its settings by their exact class, and changes
some: ``thawed`` makes plain ones again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


def refuse_change(instance: object, name: str) -> None:
    """Raise AttributeError, without the value as pydantic's own error has it, unless the attribute is a private one."""
    if not name.startswith("_"):
        raise AttributeError(f"{type(instance).__name__} is frozen, so {name} stays as it is; make another instance")


class FrozenDict(dict[Any, Any]):
    """A dict that raises TypeError where it is to change, and says what it is ``of``."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (dict(self), self.of)


class FrozenList(list[Any]):
    """A list that raises TypeError where it is to change, and says what it is ``of``."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (list(self), self.of)


class FrozenSet(set[Any]):
    """A set that raises TypeError where it is to change, and says what it is ``of``."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (set(self), self.of)

    def copy(self) -> set[Any]:
        return set(self)


CHANGES = {
    FrozenDict: "__setitem__ __delitem__ __ior__ clear pop popitem setdefault update",
    FrozenList: "__setitem__ __delitem__ __iadd__ __imul__ append clear extend insert pop remove reverse sort",
    FrozenSet: "__iand__ __ior__ __isub__ __ixor__ add clear difference_update discard intersection_update pop remove "
    "symmetric_difference_update update",
}


def refuse(self: Any, *arguments: Any, **named: Any) -> NoReturn:
    raise TypeError(f"{self.of} is frozen, with all that is in it; make another instance")


for frozen_class, names in CHANGES.items():
    for changing in names.split():
        setattr(frozen_class, changing, refuse)


def frozen(value: Any, of: str) -> Any:
    """The same value, of which no dict, list or set can be changed; ``of`` names it in the error of who tries."""
    kind = type(value)  # a lazy object would have to find out its __class__
    if kind in CHANGES:
        return value
    if issubclass(kind, Mapping):
        return FrozenDict({key: frozen(item, of) for key, item in value.items()}, of)
    if issubclass(kind, list):
        return FrozenList([frozen(item, of) for item in value], of)
    if issubclass(kind, set):
        return FrozenSet(value, of)
    if issubclass(kind, tuple):
        return getattr(kind, "_make", kind)([frozen(item, of) for item in value])
    return value


def freeze(instance: Any) -> None:
    """Freeze what a model holds."""
    kind = type(instance).__name__
    for held in (instance.__dict__, instance.model_extra or {}):
        for name, value in held.items():
            held[name] = frozen(value, f"{kind}.{name}")
    if instance.model_extra is not None:
        object.__setattr__(instance, "__pydantic_extra__", FrozenDict(instance.model_extra, f"{kind}.model_extra"))


def thawed(value: Any) -> Any:
    """The same value in plain dicts, lists and sets, of its own, that may be changed."""
    kind = type(value)
    if kind in (dict, FrozenDict):
        return {key: thawed(item) for key, item in value.items()}
    if kind in (list, FrozenList):
        return [thawed(item) for item in value]
    if kind is tuple:
        return tuple([thawed(item) for item in value])
    return set(value) if kind is FrozenSet else value
