"""``Atomic``, which puts the requests of an endpoint, or of all endpoints of a class, in transactions (PLUGIN-g9)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from utilmeta.core.annotations.decoration import ATOMIC

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Atomic:
    """Commits what an endpoint has written to the database ``alias`` when it ends, and rolls it back when it raises.

    ``@orm.Atomic()`` decorates an endpoint, or an API class for all endpoints below it. Where endpoint, hooks and
    plugins are plain functions, the transaction is around all of them, as that of ``Database(atomic_requests=True)``
    (DATABASE-10a, DATABASE-10b); where one is an ``async def`` it is around the endpoint alone (DATABASE-12c).

    When the application is built an unknown alias is a DeclarationError.
    """

    def __init__(self, alias: str = "default") -> None:
        if not isinstance(alias, str) or not alias:
            raise TypeError(f"Atomic takes the alias of a database, as @orm.Atomic('default'), not {alias!r}")
        self.alias = alias

    def __call__(self, target: Decorated) -> Decorated:
        """Mark an API class or a function, which is returned. Raises TypeError for anything else."""
        if not (inspect.isfunction(target) or (isinstance(target, type) and hasattr(target, "__as__"))):
            raise TypeError(f"Atomic decorates an API class or an endpoint, not {target!r}")
        setattr(target, ATOMIC, (*vars(target).get(ATOMIC, ()), self.alias))
        return target
