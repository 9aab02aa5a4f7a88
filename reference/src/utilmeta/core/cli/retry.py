"""``Retry``, a plugin that sends a request of a Client again where that may help (CLIENT-17).

@Retry(tries=3)
class Pets(cli.Client): ...

It is a loop of its own. stamina and tenacity have one function for calls and another one for awaiting, and see
exceptions; here a call is one coroutine, an answer with a status is no exception, and what an answer says (Retry-After)
and what is left of the call's time decide about the next try.
"""

from __future__ import annotations

import inspect
import random
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from email.utils import mktime_tz, parsedate_tz
from time import monotonic
from typing import Any, TypeVar
from uuid import uuid4

from utilmeta.core.annotations.decoration import PLUGINS
from utilmeta.core.api.declaration import Mountable
from utilmeta.core.api.plugin import Plugin
from utilmeta.core.cli.error import Aborted, TimedOut
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.transport.deadline import Deadline, seconds_of
from utilmeta.core.cli.transport.message import Lines
from utilmeta.core.file import File
from utilmeta.core.response.response import Response
from utilmeta.core.response.stream import is_stream

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Send = Callable[[Deadline], Awaitable[Response[Any]]]
Wait = Callable[[float], Awaitable[None]]

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})  # RFC 9110, 9.2.2
STATUSES = frozenset({429, 502, 503, 504})
KEY = "Idempotency-Key"
MOST_TRIES = 100


class Retry(Plugin):
    """A plugin of a Client class or request function that sends a request again where that may help.

    It does so after no answer, and after one that says "later".

    ``tries``: how often it is sent at most, the first time too.
    ``statuses``: those of answers after which it is sent again.
    ``methods``: those that are; unless given, the idempotent ones (RFC 9110, 9.2.2).
    ``try_timeout``: seconds, or a timedelta, that one try has; the call's timeout is for all of them, and the waiting.
    ``backoff``: the wait is random, up to so many seconds, after each try up to twice as many.
    ``longest``: seconds, or a timedelta, of the longest wait.
    ``idempotency_key``: whether a request by another method gets a header Idempotency-Key, one for all of its tries;
    with it, it is safe to send again.

    What an answer's Retry-After says, in seconds or as a date, goes before ``backoff``. A wait that is longer than
    ``longest``, or than what is left of the call, is not begun; then, and after the last try, its answer or error is
    that of the call, and ``request.tries`` of both says how often the request was sent. A body that can be read
    only once is sent once.

    Hooks before the request run once for all tries, and those after it, or of an error, see the last one. Of several
    plugins Retry the innermost counts, so ``Retry(tries=1)`` switches that of a class off. Raises TypeError and
    ValueError for wrong arguments and targets, DeclarationError for an endpoint of an API.
    """

    of_clients = True

    def __init__(
        self,
        tries: int = 3,
        *,
        statuses: Collection[int] = STATUSES,
        methods: Collection[str] = IDEMPOTENT,
        try_timeout: Any = None,
        backoff: float = 0.5,
        longest: Any = 60.0,
        idempotency_key: bool = False,
    ) -> None:
        super().__init__()
        if isinstance(tries, bool) or not isinstance(tries, int):
            raise TypeError(f"tries of Retry is a whole number, not {tries!r}")
        if not 1 <= tries <= MOST_TRIES:
            raise ValueError(f"tries of Retry is between 1 and {MOST_TRIES}, not {tries}")
        if isinstance(backoff, bool) or not isinstance(backoff, (int, float)):
            raise TypeError(f"backoff of Retry is a number of seconds, not {backoff!r}")
        if not 0 <= backoff < float("inf"):
            raise ValueError(f"backoff of Retry is no less than no time and less than all, not {backoff!r}")
        if not isinstance(idempotency_key, bool):
            raise TypeError(f"idempotency_key of Retry is True or False, not {idempotency_key!r}")
        self.tries = tries
        self.statuses = frozenset(members("statuses", statuses, int))
        if wrong := sorted(status for status in self.statuses if not 200 <= status <= 599):
            raise ValueError(f"statuses of Retry are between 200 and 599, not {wrong[0]}")
        self.methods = frozenset(method.upper() for method in members("methods", methods, str))
        self.try_timeout = seconds_of(try_timeout, "try_timeout of Retry")
        self.backoff = float(backoff)
        most = seconds_of(longest, "longest of Retry")
        if most is None:
            raise TypeError("longest of Retry is a number of seconds or a timedelta, not None")
        self.longest = most
        self.idempotency_key = idempotency_key

    def __call__(self, target: Decorated) -> Decorated:
        """Attach the plugin to a Client class or a request function. Raises TypeError for anything else."""
        client = isinstance(target, type) and issubclass(target, Mountable) and hasattr(target, "process_request")
        if not client and not inspect.isfunction(target):
            raise TypeError(f"Retry decorates a Client class or a request function of one, not {target!r}")
        setattr(target, PLUGINS, (self, *vars(target).get(PLUGINS, ())))
        return target

    async def answered(self, request: ClientRequest, deadline: Deadline, send: Send, wait: Wait) -> Response[Any]:
        """Send a request until its answer or error is that of the call. Raises what the last try raises."""
        if self.idempotency_key and request.method not in IDEMPOTENT and KEY not in request.headers:
            request.headers[KEY] = str(uuid4())
        most = self.tries if self.is_repeatable(request) else 1
        for count in range(1, most):
            try:
                found = await send(deadline.sooner(self.try_timeout))
                if found.status not in self.statuses or is_stream(type(found)):  # which has begun
                    return found
                pause = self.pause(count, retry_after(found.fields), deadline)
                if pause is None:
                    return found
            except (Aborted, TimedOut):
                pause = self.pause(count, None, deadline)
                if pause is None:
                    raise
            await wait(pause)
        return await send(deadline.sooner(self.try_timeout))

    def is_repeatable(self, request: ClientRequest) -> bool:
        """Return whether a request may be sent again: by its method or key, and its body can be read again."""
        return (request.method in self.methods or KEY in request.headers) and is_rereadable(request.data)

    def pause(self, count: int, told: float | None, deadline: Deadline) -> float | None:
        """Return the seconds to wait after so many tries, ``told`` ones where an answer says; None for no other try."""
        seconds = random.uniform(0, min(self.longest, self.backoff * 2 ** (count - 1))) if told is None else told
        return seconds if seconds <= self.longest and monotonic() + seconds < deadline.ends else None


def members(name: str, values: Any, kind: type) -> list[Any]:
    """Return the values of an option that has several, all of a kind. Raises TypeError."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Collection):
        raise TypeError(f"{name} of Retry are a list, not {values!r}")
    for value in values:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError(f"{name} of Retry has {value!r}, which is no {kind.__name__}")
    return list(values)


def is_rereadable(data: Any) -> bool:
    """Return whether the data of a request can be sent a second time, as a pipe or an iterator cannot."""
    if isinstance(data, File):
        return data.rereadable
    if isinstance(data, (Mapping, list, tuple)):
        return all(map(is_rereadable, data.values() if isinstance(data, Mapping) else data))
    return not any(hasattr(data, name) for name in ("read", "__next__", "__anext__", "__aiter__"))


def retry_after(fields: Lines) -> float | None:
    """Return the seconds that an answer asks to wait, by a number or a date (RFC 9110, 10.2.3); None without them."""
    text = next((value.strip() for name, value in fields if name.lower() == "retry-after"), "")
    if text.isascii() and text.isdigit():
        return float(text[:12])
    date = parsedate_tz(text)
    try:
        return None if date is None else max(0.0, mktime_tz(date) - time.time())
    except (ValueError, OverflowError):
        return None


async def sleep(seconds: float) -> None:
    """Wait in a call that is not awaited, without suspending."""
    time.sleep(seconds)
