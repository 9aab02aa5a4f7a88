"""The base of every configuration."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pydantic

from utilmeta.conf.secret import shown

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


class Config(pydantic.BaseModel):
    """A piece of configuration, injected once with ``service.use(config)`` (CONFIG-1, CONFIG-2).

    A subclass declares its keywords as annotated attributes, and may take part in the service's life by overriding the
    methods below, plain or ``async def``; each does nothing by default (CONFIG-8). An ``async def`` startup or shutdown
    of a synchronous service is a DeclarationError, as such a hook is (ASYNC-3). An instance does not change, and its
    repr shows nothing secret.

    Raises TypeError for an unknown or missing keyword and for a value of the wrong type, ValueError for one out of
    range; the message names class and keyword, and of all that is wrong each (CONFIG-3b).
    """

    model_config = pydantic.ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )

    needs_django: ClassVar[bool] = False
    """Whether Django has to be set up for it, whatever the backend."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except pydantic.ValidationError as error:
            raise refusal(type(self), error) from None

    def django_settings(self, service: UtilMeta) -> Mapping[str, Any]:
        """The Django settings that it stands for, where Django is set up."""
        return {}

    def setup(self, service: UtilMeta) -> Awaitable[None] | None:
        """Called once by ``service.setup()``, in the order of ``use``, when Django is set up if it is at all.

        An ``async def`` runs to its end, in synchronous services too, on an event loop that ends with it: what is to
        last is opened in ``startup``.
        """

    def startup(self, service: UtilMeta) -> Awaitable[None] | None:
        """Called once in every serving process, before the service's own startup hooks; off the event loop if plain."""

    def shutdown(self, service: UtilMeta) -> Awaitable[None] | None:
        """Called once in every serving process, after the service's own shutdown hooks; off the event loop if plain."""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, shown(name or "", value)


def refusal(cls: type[Config], error: pydantic.ValidationError) -> TypeError | ValueError:
    """What pydantic found, in the terms of a call: all of it, without the values."""
    found = error.errors(include_url=False, include_input=False)
    said = [f"{cls.__name__}: {complaint(cls, each)}" for each in found]
    wrong = any(each["type"] in ("extra_forbidden", "missing") or each["type"].endswith("_type") for each in found)
    return (TypeError if wrong else ValueError)("; ".join(said))


def complaint(cls: type[Config], error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"]) or "its keywords"
    if error["type"] == "extra_forbidden":
        return f"unknown keyword {name!r}; it takes {', '.join(sorted(cls.model_fields)) or 'none'}"
    if error["type"] == "missing":
        return f"{name} is missing"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"
