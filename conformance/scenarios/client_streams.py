"""Clients that read streams, by classes of events and types of lines, and how a check leaves a stream."""

import asyncio
import inspect
import time
from typing import Dict, Union

from client_calls import described, looked, made, module, plain, run, styled
from utilmeta.core import api, response
from utilmeta.core.cli import Client

STEP_SECONDS = 15.0  # for an item to come


class Left(Exception):
    """What the body of an iteration raises."""


def events():
    class Added(response.ServerSentEvent):
        event = "added"
        data: Dict[str, int]

    class Said(response.ServerSentEvent):
        event = "said"
        data: str

    class Events(Client):
        @api.get("{how}")
        def both(self, how: str) -> response.SSEResponse[Union[Added, Said]]:
            pass

        @api.get("{how}")
        def either(self, how: str) -> response.SSEResponse[Union[Added, response.ServerSentEvent]]:
            pass

        @api.get("{how}", timeout=0.4)
        def hasty(self, how: str) -> response.SSEResponse[Union[Added, Said]]:
            pass

    return Events


def answers():
    class Said(response.ServerSentEvent):
        event = "said"
        data: str

    class Missing(response.Response):
        status = 404

    class Answers(Client):
        @api.get("{how}")
        def alone(self, how: str) -> response.SSEResponse[Said]:
            pass

        @api.get("{how}")
        def union(self, how: str) -> Union[response.SSEResponse[Said], Missing, response.Response]:
            pass

    return Answers


def lines():
    class Lines(Client):
        @api.get("{how}")
        def numbers(self, how: str) -> response.NDJSONResponse[int]:
            pass

        @api.get("{how}")
        def mappings(self, how: str) -> response.NDJSONResponse[Dict[str, int]]:
            pass

    return Lines


def told(item):
    """An item as JSON: an event by its class and what it has, a value as it is."""
    if not hasattr(item, "event"):
        return plain(item)
    return {"class": type(item).__name__, **{name: plain(getattr(item, name)) for name in ("event", "data")}}


async def looped(found, style, keep):
    """Iterate until `keep` says that it is enough."""
    if style == "async":
        async for item in found:
            if keep(item):
                break
    else:
        for item in found:
            if keep(item):
                break


async def stepped(found, style, count, keep):
    """Take so many items, and return the iterator."""
    iterator = found.__aiter__() if style == "async" else iter(found)
    for _ in range(count):
        keep(await asyncio.wait_for(iterator.__anext__(), STEP_SECONDS) if style == "async" else next(iterator))
    return iterator


async def left(found, style, leave, count, items):
    """Iterate over a stream; leave it after `count` items in the way `leave`."""

    def keep(item):
        items.append(told(item))
        if leave == "raise" and len(items) == count:
            raise Left
        return leave == "break" and len(items) == count

    if leave in ("end", "break", "raise"):
        await looped(found, style, keep)
    elif leave == "with" and style == "async":
        async with found:
            await stepped(found, style, count, keep)
    elif leave == "with":
        with found:
            await stepped(found, style, count, keep)
    elif leave == "close":
        iterator = await stepped(found, style, count, keep)
        await found.aclose() if style == "async" else found.close()
        del iterator
    elif style == "async":
        iterator = await stepped(found, style, count, keep)
        task = asyncio.ensure_future(iterator.__anext__())
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task], timeout=STEP_SECONDS)


async def reading(client, style, name, arguments, leave="end", count=0, look=None):
    """What came of a request function and of its stream, which is left in a way; how many connections are open then."""
    facts = {"items": []}
    began = time.monotonic()
    try:
        found = getattr(client, name)(*arguments)
        if inspect.isawaitable(found):
            found = await found
        facts.update(
            status=found.status, classes=[base.__name__ for base in type(found).__mro__], data=plain(found.data)
        )
        if hasattr(found, "close"):
            await left(found, style, leave, count, facts["items"])
    except Exception as error:  # noqa: BLE001 - what it is is looked at
        facts["raised"] = described(error)
    facts["seconds"] = time.monotonic() - began
    if look is not None:
        facts["open"] = await asyncio.to_thread(looked, look) if style == "async" else looked(look)
    return facts


def streamed(client, library, style, base, reads, options):
    """Facts of streams one after the other: `reads` are the arguments of `reading` after the style."""
    if module(library) is None:
        return {"lacks": library}
    factories = {"events": events, "answers": answers, "lines": lines}

    async def whole():
        maker = made(styled(factories[client], style), base, {"backend": library, **options})
        return {"facts": [await reading(maker, style, *each) for each in reads]}

    return run(style, whole())
