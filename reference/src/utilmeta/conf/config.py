"""The base of every configuration."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pydantic

from utilmeta.conf.immutable import freeze, refuse_change
from utilmeta.conf.secret import redacted

if TYPE_CHECKING:
    from typing_extensions import Self

    from utilmeta.core.concurrency.scope import Scope


# What is wrong with a call rather than with a value, beside a wrong type.
WRONG = ("extra_forbidden", "missing", "is_instance_of", "is_subclass_of")


class Value(pydantic.BaseModel):
    """What a configuration is, and what it is made of: keywords, declared as annotated attributes.

    An instance does not change, nor does anything in its dicts, lists and sets; its repr shows nothing secret.

    Raises TypeError for an unknown or missing keyword and for a value of the wrong type, ValueError for one out of
    range; the message names class and keyword, and of all that is wrong each (CONFIG-3b).
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
        """Another instance, with some values in place of its own; pydantic does not check them."""
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
    """A piece of configuration, injected once with ``service.use(config)`` (CONFIG-1, CONFIG-2).

    A subclass may take part in the service's life by overriding the methods below, the last three plain or
    ``async def``; each does nothing by default (CONFIG-8).
    """

    needs_django: ClassVar[bool] = False
    """Whether Django has to be set up for it, whatever the backend."""

    def dependencies(self) -> Sequence[str]:
        """The modules, of those in ``core/server/dependency.py``, that it needs; seen to before Django is set up."""
        return ()

    def scope(self, service: Any) -> Scope | None:
        """What endpoints and hooks run in, if anything."""
        return None

    def django_settings(self, service: Any) -> Mapping[str, Any]:
        """The Django settings that it stands for, where Django is set up."""
        return {}

    def setup(self, service: Any) -> Awaitable[None] | None:
        """Called once by ``service.setup()``, in the order of ``use``, when Django is set up if it is at all.

        An ``async def`` runs to its end, in synchronous services too, on an event loop that ends with it: what is to
        last is opened in ``startup``.
        """

    def startup(self, service: Any) -> Awaitable[None] | None:
        """Called once in every serving process, before the service's own startup hooks; off the event loop if plain."""

    def shutdown(self, service: Any) -> Awaitable[None] | None:
        """Called once in every serving process, after the service's own shutdown hooks; off the event loop if plain."""


def refusal(cls: type[Value], error: pydantic.ValidationError) -> TypeError | ValueError:
    """What pydantic found, in the terms of a call: all of it, without the values."""
    found = error.errors(include_url=False, include_input=False)
    said = "; ".join(complaint(cls, each) for each in found)
    wrong = any(each["type"] in WRONG or each["type"].endswith("_type") for each in found)
    return (TypeError if wrong else ValueError)(f"{cls.__name__}: {said}")


def complaint(cls: type[Value], error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown keyword {name!r}; it takes {keywords(cls)}"
    if error["type"] == "missing":
        return f"{name} is missing"
    return ": ".join(filter(None, (name, error["msg"].removeprefix("Value error, "))))


def keywords(cls: type[Value]) -> str:
    return ", ".join(sorted(cls.model_fields)) or "none"
