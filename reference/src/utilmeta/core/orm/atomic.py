"""Transactions around requests: Django's ATOMIC_REQUESTS (DATABASE-10), and ``Atomic`` (PLUGIN-g9).

A request is one transaction in each database that asks for it. An exception rolls it back, though a handler answers it;
the handler then runs in a new transaction. A result commits, whatever its status.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from functools import partial, wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.db import Error, transaction

from utilmeta.utils.exceptions import DeclarationError

log = logging.getLogger("utilmeta")


class AtomicRequests:
    """The transactions of one application: of all requests in the databases ``aliases``, of some in any of ``known``.

    See ``find_transactions`` for the other arguments.
    """

    def __init__(
        self,
        aliases: Sequence[str],
        encoded: Callable[[Any], Any],
        before_commit: Callable[[], None],
        *,
        known: Collection[str],
    ) -> None:
        self.aliases = aliases
        self.known = known
        self.encoded = encoded
        self.before_commit = before_commit

    def of(
        self, label: str, marked: Sequence[Any], asynchronous: Sequence[str], atomic: Sequence[str] = ()
    ) -> Callable[[], RequestTransaction] | None:
        marks = set().union(*(getattr(each, "_non_atomic_requests", ()) for each in marked))
        aliases = [alias for alias in self.aliases if alias not in marks]
        aliases += [alias for alias in atomic if alias not in aliases]
        if not aliases:
            return None
        if asynchronous:
            what = "an async def" if asynchronous[0] == label else f"inside of {asynchronous[0]}, an async def"
            raise DeclarationError(
                f"{label} is {what}, which cannot be in the transaction that ATOMIC_REQUESTS of the database "
                f"{aliases[0]!r} asks for; make it a plain def, or mark {label} with "
                f"@transaction.non_atomic_requests(using={aliases[0]!r}) of django.db"
            )
        return self.beginning(aliases)

    def around(self, function: Callable[..., Any], atomic: Sequence[str]) -> Callable[..., Any]:
        begin = self.beginning(atomic)

        @wraps(function)
        def in_transaction(*arguments: Any, **named: Any) -> Any:
            with begin() as transaction:
                result = function(*arguments, **named)
                transaction.before_commit()
                return result

        return in_transaction

    def around_async(self, function: Callable[..., Any], atomic: Sequence[str]) -> Callable[..., Any]:
        begin = self.beginning(atomic)

        @wraps(function)
        async def in_transaction(*arguments: Any, **named: Any) -> Any:
            transaction = begin()
            try:
                await in_orm_thread(transaction.__enter__)
                result = await function(*arguments, **named)
                transaction.before_commit()
            except BaseException as error:
                await in_orm_thread(transaction.roll_back, error)
                raise
            await in_orm_thread(transaction.opened.close)
            return result

        return in_transaction

    def beginning(self, aliases: Sequence[str]) -> Callable[[], RequestTransaction]:
        innermost_last = aliases[::-1]  # as in Django, the first alias commits first
        return partial(RequestTransaction, innermost_last, self.encoded, self.before_commit)

    def require(self, label: str, atomic: Sequence[str]) -> None:
        for alias in atomic:
            if alias not in self.known:
                raise DeclarationError(
                    f"{label} is in a transaction of {alias!r}, by Atomic, and there is no such database; there are "
                    f"{', '.join(self.known)}"
                )


class RequestTransaction:
    """The transactions of one request, one in each of the databases ``aliases``."""

    __slots__ = ("aliases", "before_commit", "encoded", "opened")

    def __init__(
        self, aliases: Sequence[str], encoded: Callable[[Any], Any], before_commit: Callable[[], None]
    ) -> None:
        self.aliases = aliases
        self.encoded = encoded
        self.before_commit = before_commit
        self.opened = ExitStack()

    def __enter__(self) -> RequestTransaction:
        self.opened = entered(self.aliases)
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None:
            self.opened.close()
        else:
            self.roll_back(error)

    def finish(self, result: Any) -> Any:
        result = self.encoded(result)
        self.before_commit()
        return result

    def failed(self, error: BaseException) -> None:
        self.roll_back(error)
        self.opened = ExitStack()
        try:
            self.__enter__()
        except Error:  # the database may be down; handlers that do not use it still answer
            log.debug("no transaction for the handlers of an error", exc_info=True)

    def roll_back(self, error: BaseException) -> None:
        try:
            self.opened.__exit__(type(error), error, error.__traceback__)
        except Error:  # the connection is lost, which has rolled back; ``error`` goes on
            log.debug("a transaction ended with its connection", exc_info=True)


async def in_orm_thread(function: Callable[..., Any], *arguments: Any) -> None:
    """Call a function in the thread that the request has for the ORM (scope.py), as all that it reads and writes.

    Where the request is cancelled meanwhile, the function comes to its end before that is raised.
    """
    called = asyncio.ensure_future(sync_to_async(function)(*arguments))
    try:
        await asyncio.shield(called)
    except asyncio.CancelledError:
        await asyncio.wait([called])
        raise


def entered(aliases: Sequence[str]) -> ExitStack:
    """Begin a transaction in each database; closing the stack commits them, the last one first."""
    with ExitStack() as opening:
        for alias in aliases:
            opening.enter_context(transaction.atomic(using=alias))
        return opening.pop_all()
