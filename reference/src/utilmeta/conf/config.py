"""Base classes of configurations: immutable, checked when they are made, and secrets masked in their repr."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pydantic

from utilmeta.conf.immutable import freeze, refuse_change
from utilmeta.conf.secret import redacted

if TYPE_CHECKING:
    from typing_extensions import Self

    from utilmeta.core.concurrency.scope import Scope


# The errors of pydantic that are a TypeError here, beside wrong types: the call is wrong rather than a value.
WRONG = ("extra_forbidden", "missing", "is_instance_of", "is_subclass_of")


class Value(pydantic.BaseModel):
    """Base of configurations and of their parts, such as ``Database``: its annotated attributes are its keywords.

    An instance is immutable, with the dicts, lists and sets in it (CONFIG-3c, CONFIG-3d); its repr masks secrets.

    Raises TypeError for an unknown or missing keyword and for a value of the wrong type, ValueError for one out of
    range; the message names the class and every keyword that is wrong (CONFIG-3b).
    """

    model_config = pydantic.ConfigDict(
        extra="forbid", strict=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )

    def __init__(self, *positional: Any, **values: Any) -> None:
        if positional:
            raise TypeError(f"{type(self).__name__} takes keywords alone: {keywords(type(self))}")
        try:
            super().__init__(**values)
        except pydantic.ValidationError as error:
            raise refusal(type(self), error) from None
        freeze(self)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy in which ``update`` replaces some values; they are not checked."""
        copy = super().model_copy(update=update, deep=deep)
        freeze(copy)
        return copy

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, redacted(value, name or "")

    def __setattr__(self, name: str, value: Any) -> None:
        refuse_change(self, name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        refuse_change(self, name)
        super().__delattr__(name)


class Config(Value):
    """Base of configurations; a service takes one of each class, by ``service.use(config)`` (CONFIG-1, CONFIG-2).

    A subclass may override the methods below, which do nothing by default; those without a result may be ``async def``
    too (CONFIG-8, PLUGIN-g10). Each is given the service, a ``UtilMeta``; ``utilmeta.conf.service.Service`` lists what
    it may use of it.
    """

    needs_django: ClassVar[bool] = False
    """Whether Django is set up for this configuration on every backend."""

    def dependencies(self) -> Sequence[str]:
        """The optional modules that it needs, from the table in ``core/server/dependency.py``.

        They are checked, and perhaps installed (PREFERENCE-10), before Django is set up.
        """
        return ()

    def scope(self, service: Any) -> Scope | None:
        """The scope that endpoints and hooks run in; None for none."""
        return None

    def django_settings(self, service: Any) -> Mapping[str, Any]:
        """The Django settings that follow from it, by name; asked for where Django is set up."""
        return {}

    def hook(self, service: Any) -> Awaitable[None] | None:
        """Called once by ``service.use``, when the configuration is in use (CONFIG-17)."""

    def setup(self, service: Any) -> Awaitable[None] | None:
        """Called once by ``service.setup()``, in the order of ``use``, after Django is set up where it is needed.

        An ``async def`` runs to its end, in synchronous services too. Its event loop ends with it, so open connections
        in ``startup``.
        """

    def startup(self, service: Any) -> Awaitable[None] | None:
        """Called once in every serving process before the service's startup hooks; off the event loop if plain."""

    def on_startup(self, service: Any) -> Awaitable[None] | None:
        """Called as ``startup``, and after it (PLUGIN-g10)."""

    def shutdown(self, service: Any) -> Awaitable[None] | None:
        """Called once in every serving process after the service's shutdown hooks; off the event loop if plain."""

    def on_shutdown(self, service: Any) -> Awaitable[None] | None:
        """Called as ``shutdown``, and before it (PLUGIN-g10)."""


def refusal(cls: type[Value], error: pydantic.ValidationError) -> TypeError | ValueError:
    """The exception for a pydantic error: it lists everything that is wrong with the call, without the values."""
    found = error.errors(include_url=False, include_input=False)
    said = "; ".join(complaint(cls, each) for each in found)
    wrong = any(each["type"] in WRONG or each["type"].endswith("_type") for each in found)
    return (TypeError if wrong else ValueError)(f"{cls.__name__}: {said}")


def complaint(cls: type[Value], error: Any) -> str:
    """The part of the message about one of pydantic's errors."""
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown keyword {name!r}; it takes {keywords(cls)}"
    if error["type"] == "missing":
        return f"{name} is missing"
    return ": ".join(filter(None, (name, error["msg"].removeprefix("Value error, "))))


def keywords(cls: type[Value]) -> str:
    """The keywords that a class takes, as a text for errors."""
    return ", ".join(sorted(cls.model_fields)) or "none"
