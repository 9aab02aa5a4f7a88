"""What Django's DATABASES ask for around a request, whoever has configured them: transactions (DATABASE-10), and
connections that are looked after."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from utilmeta.core.api.tree import Endpoint
from utilmeta.core.concurrency.scope import Scope


class Transaction(Protocol):
    """That of one request, entered around its endpoint and hooks: it commits at their end, and rolls back for what they
    raise."""

    def __enter__(self) -> Transaction: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object, /) -> object: ...

    def finish(self, result: Any) -> Any:
        """Called with the result before it commits; what it returns is sent."""

    def failed(self, error: BaseException) -> None:
        """Roll back for an exception that handlers are asked for, and begin anew for what they do."""


Begin = Callable[[], Transaction]


class Transactions(Protocol):
    """Decides, when an application is built, what each of its endpoints runs in."""

    def of(self, endpoint: Endpoint, asynchronous: Sequence[str]) -> Begin | None:
        """What begins the transaction of a request; None where none is asked for. ``asynchronous`` names the parts of
        the endpoint that are an ``async def``.

        Raises DeclarationError naming the endpoint where there are such parts, which no transaction can be around.
        """


def find_transactions(encoded: Callable[[Any], Any]) -> Transactions | None:
    """Those that Django's settings ask for. ``encoded`` makes the JSON of a
    result: one that cannot be sent is an error too."""
    aliases = [alias for alias, entry in databases().items() if entry.get("ATOMIC_REQUESTS")]
    if not aliases:
        return None
    from utilmeta.core.orm.atomic import AtomicRequests

    return AtomicRequests(aliases, encoded)


def find_scope(backend: str, *, asynchronous: bool) -> Scope | None:
    """What endpoints and hooks run in where there are databases, though no DatabaseConnections has them."""
    if not any(entry.get("ENGINE") for entry in databases().values()):
        return None
    from utilmeta.core.orm.scope import scope_on

    return scope_on(backend, asynchronous=asynchronous)


def databases() -> Mapping[str, Mapping[str, Any]]:
    """DATABASES of Django's settings, if it is configured in this process."""
    django = sys.modules.get("django.conf")
    if django is None or not django.settings.configured:
        return {}
    found: Mapping[str, Mapping[str, Any]] = django.settings.DATABASES
    return found
