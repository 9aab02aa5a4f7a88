"""Exception groups: their members, and the HTTP error that a group is answered as (ERROR-7)."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from utilmeta.core.errors.framework import answer_of
from utilmeta.utils.exceptions import HTTPError


def http_error(error: BaseException) -> BaseException:
    """Return the exception that decides the answer (ERROR-7).

    For a group of HTTP errors alone it is the first one with the highest status; otherwise it is ``error`` itself.
    """
    if issubclass(type(error), HTTPError):
        return error
    leaves = list(leaves_of(error))
    statuses = [http_status_of(each) for each in leaves]
    if (len(leaves) == 1 and leaves[0] is error) or None in statuses:
        return error
    return leaves[statuses.index(max(statuses))]  # type: ignore[type-var]


def http_status_of(error: BaseException) -> int | None:
    """Return the status of an HTTP error, of UtilMeta or of the framework; None for any other exception."""
    if isinstance(error, HTTPError):
        return error.status
    answer = answer_of(error)
    return None if answer is None else answer.status


def leaves_of(error: BaseException) -> Iterator[BaseException]:
    """Yield the exceptions of a group, nested groups flattened; an exception that is no group yields itself."""
    left = [error]
    while left:
        each = left.pop()
        inner = members_of(each)
        if inner:
            left += reversed(inner)
        else:
            yield each


def members_of(error: BaseException) -> Sequence[BaseException]:
    """Return the direct members of an exception group, and nothing for any other exception.

    Until Python 3.11 groups are those of the package exceptiongroup, if it has been imported.
    """
    kind: Any = getattr(builtins, "BaseExceptionGroup", None)
    if kind is None:
        kind = getattr(sys.modules.get("exceptiongroup"), "BaseExceptionGroup", ())
    return error.exceptions if issubclass(type(error), kind) else ()  # type: ignore[attr-defined]
