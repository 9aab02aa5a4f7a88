"""Makes instances of ``Env`` and of configurations immutable, with all that they hold (ENV-11, CONFIG-3c, CONFIG-3d).

Dicts, lists and sets are replaced, at any depth, by equal copies of the classes below, which raise where they are
changed. ``thawed`` makes plain copies again, as Django looks at the exact class of some settings and changes some.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


def refuse_change(instance: object, name: str) -> None:
    """Raise AttributeError for a public attribute. pydantic's own error would show the value."""
    if not name.startswith("_"):
        raise AttributeError(f"{type(instance).__name__} is frozen, so {name} stays as it is; make another instance")


class FrozenDict(dict[Any, Any]):
    """A dict that raises TypeError when it is changed; the error names the attribute ``of`` that holds it."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (dict(self), self.of)


class FrozenList(list[Any]):
    """A list that raises TypeError when it is changed; the error names the attribute ``of`` that holds it."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (list(self), self.of)


class FrozenSet(set[Any]):
    """A set that raises TypeError when it is changed; the error names the attribute ``of`` that holds it."""

    def __init__(self, items: Any, of: str) -> None:
        super().__init__(items)
        self.of = of

    def __reduce__(self) -> Any:
        return type(self), (set(self), self.of)

    def copy(self) -> set[Any]:
        """A plain set of the same items."""
        return set(self)


CHANGES = {
    FrozenDict: "__setitem__ __delitem__ __ior__ clear pop popitem setdefault update",
    FrozenList: "__setitem__ __delitem__ __iadd__ __imul__ append clear extend insert pop remove reverse sort",
    FrozenSet: "__iand__ __ior__ __isub__ __ixor__ add clear difference_update discard intersection_update pop remove "
    "symmetric_difference_update update",
}


def refuse(self: Any, *arguments: Any, **named: Any) -> NoReturn:
    """Raise TypeError: the method that changes a frozen dict, list or set."""
    raise TypeError(f"{self.of} is frozen, with all that is in it; make another instance")


for frozen_class, names in CHANGES.items():
    for changing in names.split():
        setattr(frozen_class, changing, refuse)


def frozen(value: Any, of: str) -> Any:
    """``value`` with frozen copies in place of its dicts, lists and sets; ``of`` names the attribute in errors."""
    kind = type(value)  # isinstance would evaluate a lazy object
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
    """Freeze the values of a pydantic model in place."""
    kind = type(instance).__name__
    for held in (instance.__dict__, instance.model_extra or {}):
        for name, value in held.items():
            held[name] = frozen(value, f"{kind}.{name}")
    if instance.model_extra is not None:
        object.__setattr__(instance, "__pydantic_extra__", FrozenDict(instance.model_extra, f"{kind}.model_extra"))


def thawed(value: Any) -> Any:
    """A copy of ``value`` with plain dicts, lists and sets, which may be changed."""
    kind = type(value)
    if kind in (dict, FrozenDict):
        return {key: thawed(item) for key, item in value.items()}
    if kind in (list, FrozenList):
        return [thawed(item) for item in value]
    if kind is tuple:
        return tuple([thawed(item) for item in value])
    return set(value) if kind in (set, FrozenSet) else value
