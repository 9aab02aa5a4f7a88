"""Finds what Django's DATABASES ask for around requests: transactions (DATABASE-10) and the care of connections.

DATABASES may come from DatabaseConnections, from DjangoSettings or from the user's own settings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from utilmeta.core.concurrency.scope import Scope


class Transaction(Protocol):
    """The transaction of one request, entered around its endpoint and hooks: it commits at their end, and rolls back
    where they raise."""

    def __enter__(self) -> Transaction: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object, /) -> object: ...

    def finish(self, result: Any) -> Any:
        """Called with the result before the commit; returns what is sent."""

    def failed(self, error: BaseException) -> None:
        """Roll back before handlers are asked about ``error``, and begin a new transaction for them."""


Begin = Callable[[], Transaction]
"""Begins the transaction of a request."""


class Transactions(Protocol):
    """Decides for each endpoint, when an application is built, whether its requests are transactions."""

    def of(
        self, label: str, marked: Sequence[Any], asynchronous: Sequence[str], atomic: Sequence[str] = ()
    ) -> Begin | None:
        """What begins the transaction of a request to the endpoint ``label``; None where none is asked for.

        ``atomic`` are aliases that ``Atomic`` asks for, beside those of ATOMIC_REQUESTS.

        ``marked`` are the objects that Django's ``non_atomic_requests`` may have marked: the endpoint's function, its
        class, and those that mount it. ``asynchronous`` names the parts of the endpoint that are an ``async def``:
        with any a transaction is a DeclarationError, which names the endpoint (DATABASE-10b).
        """

    def around(self, function: Callable[..., Any], atomic: Sequence[str]) -> Callable[..., Any]:
        """A plain function, each of whose calls is a transaction in ``atomic``; the first of these commits first."""

    def around_async(self, function: Callable[..., Any], atomic: Sequence[str]) -> Callable[..., Any]:
        """As ``around``, for a function whose call gives a coroutine."""

    def require(self, label: str, atomic: Sequence[str]) -> None:
        """Raise DeclarationError, which names the endpoint, for an alias that is none of a database."""


def find_transactions(encoded: Callable[[Any], Any], before_commit: Callable[[], None]) -> Transactions | None:
    """The transactions of a service whose databases Django's settings say; None where they say none.

    ``encoded`` makes the JSON of a result, as one that cannot be sent rolls back too. ``before_commit`` is called
    before each commit; where it raises, the transaction rolls back.
    """
    entries = databases()
    if not any(entry.get("ENGINE") for entry in entries.values()):
        return None
    from utilmeta.core.orm.atomic import AtomicRequests

    aliases = [alias for alias, entry in entries.items() if entry.get("ATOMIC_REQUESTS")]
    return AtomicRequests(aliases, encoded, before_commit, known=entries)


def find_scope(backend: str, *, asynchronous: bool) -> Scope | None:
    """Return the scope that endpoints and hooks run in where Django's DATABASES are configured, None where they are
    not. It is for services without DatabaseConnections, which brings its own scope."""
    if not any(entry.get("ENGINE") for entry in databases().values()):
        return None
    from utilmeta.core.orm.scope import scope_on

    return scope_on(backend, asynchronous=asynchronous)


def databases() -> Mapping[str, Mapping[str, Any]]:
    """DATABASES of Django's settings; empty where Django is not configured in this process."""
    django = sys.modules.get("django.conf")
    if django is None or not django.settings.configured:
        return {}
    found: Mapping[str, Mapping[str, Any]] = django.settings.DATABASES
    return found
