"""One call of a client: hooks around a request, redirects, and the answer as what the call returns (CLIENT-g23).

It is written once, as a coroutine. That of a plain call never suspends, so it is run to its end by ``driven``
(transport/connections.py).
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from utilmeta.core.cli.bodies.decoding import BadContent
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.error import Aborted, ClientError, TimedOut
from utilmeta.core.cli.redirect import MOST, location_of, redirected
from utilmeta.core.cli.request import ClientRequest, outgoing
from utilmeta.core.cli.retry import Retry, sleep
from utilmeta.core.cli.settings import preference
from utilmeta.core.cli.streams.opening import Send, begun, opening
from utilmeta.core.cli.template import failed, is_answer, received
from utilmeta.core.cli.transport.deadline import Deadline
from utilmeta.core.cli.transport.limits import CONNECT
from utilmeta.core.cli.transport.message import Opened
from utilmeta.core.file import Unreadable
from utilmeta.core.response.error import Error
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError

if TYPE_CHECKING:
    from utilmeta.core.cli.client import Client
    from utilmeta.core.cli.declaration import Around
    from utilmeta.core.cli.template import Returns

MOST_HEADERS = 99  # of an answer, as http.client has it
MOST_RESENT = 20  # requests that hooks have sent anew in one call


class Call:
    """A call of a client, called ``label`` in errors; the time that it has begins here."""

    def __init__(
        self,
        client: Client,
        label: str,
        returns: Returns,
        around: Around,
        request: ClientRequest,
        *,
        asynchronous: bool,
    ) -> None:
        self.client = client
        self.label = label
        self.returns = returns
        self.around = around
        self.request = request
        self.made = request.url
        self.asynchronous = asynchronous
        self.begun = monotonic()

    async def answer(self, given: Any = None) -> Any:
        """Return the Response of the call. ``given`` is what the request function's own body returned.

        Raises ClientError, and what a hook raises.
        """
        found: Any = given
        first = given is None
        for _ in range(MOST_RESENT + 1):
            try:
                if isinstance(found, ClientRequest):
                    self.request, found = found, None
                if found is None:
                    found = await self.sent(prepare=first)
                    first = False
                if isinstance(found, ClientRequest):
                    continue
                return await self.finished(found)
            except Exception as error:  # noqa: BLE001 - hooks see whatever was raised
                found = await self.handled(error)
                first = False
                if isinstance(found, Response):
                    return self.read(found, silently=True)
        raise Aborted(f"{self.request.place}: hooks had it sent more than {MOST_RESENT} times", self.request)

    async def sent(self, *, prepare: bool) -> Any:
        """Return the plain Response of the request, or what the hooks before it give in its place."""
        found: Any = None
        if prepare:
            for place, hook in self.around.before:
                if found is None:
                    found = self.changed(await self.run(hook, self.client._lineage[place], self.request))
            for process in self.processes("process_request"):
                if found is None:
                    found = self.changed(await self.run(process, self.request))
        if found is None:
            found = await self.exchanged() if self.around.retry is None else await self.repeated(self.around.retry)
        for process in reversed(self.processes("process_response")):
            replaced = await self.run(process, found)
            if isinstance(replaced, ClientRequest):
                return replaced
            found = found if replaced is None else replaced
        return found

    def changed(self, given: Any) -> Response[Any] | None:
        """Take the request that a hook before the request gives, or return the Response that it gives."""
        if isinstance(given, ClientRequest):
            self.request = given
        if not isinstance(given, Response):
            return None
        self.complete(given)
        return given

    def complete(self, found: Response[Any]) -> None:
        """Give a Response that a hook made what an answer has."""
        if not hasattr(found, "data"):
            found.data, found.request = found.content, self.request

    async def finished(self, found: Any) -> Any:
        """Return a Response as the call is annotated, after its after hooks."""
        if not isinstance(found, Response):
            return found  # what the request function's own body makes of its answer
        found = self.read(found)
        for place, hook in self.around.after:
            replaced = await self.run(hook, self.client._lineage[place], found)
            found = found if replaced is None else replaced
        return found

    def read(self, found: Any, *, silently: bool = False) -> Any:
        """Return a plain answer as the call is annotated; a Response that a hook made stays, and one that is read.

        ``silently`` an answer that is no template stays, too; else it raises UnexpectedResponse.
        """
        if type(found) is not Response or found.error is not None or not is_answer(found):
            self.complete(found)
            return found
        return self.returns.read(found, fail_silently=silently or self.client._settings.fail_silently)

    async def handled(self, error: Exception) -> Any:
        """Return the Response or request that a handler gives for an error. Raises the error where none does."""
        told = Error(error, self.request)  # type: ignore[arg-type]
        handlers = [
            partial(hook, self.client._lineage[place])
            for place, hook, exceptions in self.around.handlers
            if isinstance(error, exceptions)
        ]
        for function in (*handlers, *reversed(self.processes("handle_error"))):
            found = await self.run(function, told)
            if isinstance(found, (Response, ClientRequest)):
                return found
        silent = self.returns.plain or self.client._settings.fail_silently
        if isinstance(error, (Aborted, TimedOut)) and silent:
            return failed(status_of(error), error, self.request)
        raise error

    def processes(self, name: str) -> list[Callable[..., Any]]:
        """Return the functions of that name of the plugins, of the clients around this one and of itself."""
        plugins, defined = self.around.plugins[name], self.client._defined[name]
        if not plugins and not defined:
            return []
        lineage = self.client._lineage
        own = [getattr(lineage[place], name) for place in defined]
        return [*(partial(process, lineage[place]) for place, process in plugins), *own] if plugins else own

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a hook, and await it where the call is awaited. Raises DeclarationError for one that cannot be."""
        result = function(*arguments)
        if result is None or not inspect.isawaitable(result):
            return result
        if self.asynchronous:
            return await result
        if inspect.iscoroutine(result):
            result.close()
        name = getattr(function, "func", function).__qualname__  # of a partial
        raise DeclarationError(
            f"{name} is an `async def`, and the request of {self.label} is sent by a plain call; let both be "
            "plain, or both async"
        )

    async def repeated(self, retry: Retry) -> Response[Any]:
        """Send the request as often as a plugin says, and return the last answer. Raises TimedOut and Aborted."""
        wait = asyncio.sleep if self.asynchronous else sleep
        deadline = Deadline(self.request.timeout, self.begun, self.client._settings.limits)
        return await retry.answered(self.request, deadline, self.exchanged, wait)

    async def exchanged(self, deadline: Deadline | None = None) -> Response[Any]:
        """Send the request once, follow redirects, and return the last answer. Raises TimedOut and Aborted."""
        client, request = self.client, self.request
        connections, cookies = client._connections, client._cookies
        connections.check(asynchronous=self.asynchronous)
        send: Send = connections.asend if self.asynchronous else connections.send
        if self.returns.streams:
            send = opening(connections, self.returns.streams, asynchronous=self.asynchronous)
        if deadline is None:
            deadline = Deadline(request.timeout, self.begun, client._settings.limits)
        request.tries += 1
        told = request
        if request.url != self.made and client._settings.is_own(self.made) and not client._settings.is_own(request.url):
            told = client._settings.without(request)
        message = outgoing(told, cookies.header)
        if connections.made_up is not None:
            made_up: Response[Any] = connections.made_up(self.returns, request)
            return made_up
        surrounding = sys.exc_info()[1]
        for _ in range(MOST + 1):
            try:
                deadline.left()
                answer = await send(message, deadline)
            except Exception as error:  # noqa: BLE001 - any of a library
                found = causes(error, surrounding)
                # Those before the last, of libraries, may show the whole URL.
                raise failure(found, deadline, request) from found[-1]
            finally:
                if isinstance(message.body, Stream):
                    message.body.close()
            if answer.status < 200 or len(answer.headers) > MOST_HEADERS:
                if isinstance(answer, Opened):
                    await answer.close()
                raise Aborted(f"{request.place}: its answer has an odd status, or too many headers", request)
            cookies.keep(message.url, answer.headers)
            location = location_of(answer.status, answer.headers) if client._settings.follows else None
            if location is None:
                if isinstance(answer, Opened):
                    return begun(answer, self, self.returns, client._settings)
                return received(answer.status, answer.headers, answer.body, request)
            message = redirected(message, answer.status, location, told, cookies)
        raise Aborted(f"{request.place}: more than {MOST} redirects in a row", request)


def failure(found: list[Exception], deadline: Deadline, request: ClientRequest) -> ClientError:
    """Return what exceptions mean: the time was over, or there is no answer for another reason."""
    if deadline.is_over or any(isinstance(each, (TimeoutError, asyncio.TimeoutError)) for each in found):
        if deadline.missed is not None and not deadline.is_over:
            limit = f"{deadline.missed}={deadline.limits.of(deadline.missed):g} seconds"
            what = "found no connection" if deadline.missed == CONNECT else "waited for the next bytes of its answer"
            return TimedOut(f"{request.place} {what} for {limit}", request)
        seconds = f" within {deadline.seconds:g} seconds" if deadline.seconds is not None else " in time"
        return TimedOut(f"{request.place} was not answered{seconds}", request)
    said = next((each for each in found if isinstance(each, (BadContent, Unreadable))), None)
    if said is not None:
        return Aborted(f"{request.place}: {said}", request)
    return Aborted(f"{request.place} was not answered ({type(found[-1]).__name__})", request)


def causes(error: Exception, surrounding: BaseException | None) -> list[Exception]:
    """Return an exception and those behind it, the first of which is the last.

    ``surrounding`` is the one that was handled already when it began, and none of them.
    """
    found: list[BaseException] = []
    left: BaseException | None = error
    while left is not None and left is not surrounding and left not in found:
        found.append(left)
        left = left.__cause__ or left.__context__
    return [each for each in found if isinstance(each, Exception)]  # not the cancellation behind a timeout


def status_of(error: BaseException) -> int:
    """Return the status of a request without an answer, by the preferences of this process's service."""
    preferred = preference()
    timed_out = isinstance(error, TimedOut)
    return preferred.default_timeout_response_status if timed_out else preferred.default_aborted_response_status
